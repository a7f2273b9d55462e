import Configuration
import Foundation
import SystemPackage

/// Looks settings up in their sources and checks each as it is read.
struct SettingReader {
    private let reader: ConfigReader

    init(overrides: [SettingKey: String], file: String?) async throws {
        let known = Set(SettingKey.allCases.map(\.environmentName))
        let named = ProcessInfo.processInfo.environment.keys.filter {
            $0.hasPrefix("MENTORD_") && !$0.hasPrefix("MENTORD_TEST_")
        }
        if let unknown = named.first(where: { !known.contains($0) }) { throw UnknownSetting(name: unknown) }
        var sources: [any ConfigProvider] = [
            InMemoryProvider(
                name: "command line",
                values: Dictionary(
                    overrides.map {
                        (AbsoluteConfigKey($0.key.configKey), ConfigValue(.string($0.value), isSecret: false))
                    }
                ) { first, _ in first }),
            EnvironmentVariablesProvider().prefixKeys(with: "mentord"),
        ]
        let folder = ConfigReader(providers: sources).string(forKey: SettingKey.data.configKey)
        sources.append(
            try await FileProvider<JSONSnapshot>(
                filePath: FilePath(file ?? (folder ?? SettingKey.data.fallback) + "/mentord.json"),
                allowMissing: file == nil))
        reader = ConfigReader(providers: sources)
    }

    func text(_ key: SettingKey) -> String {
        reader.string(forKey: key.configKey) ?? reader.int(forKey: key.configKey).map(String.init)
            ?? reader.double(forKey: key.configKey).map { String($0) } ?? key.fallback
    }

    /// The value as `parse` understands it; nil from `parse` means that it is wrong.
    func value<Value>(_ key: SettingKey, _ parse: (String) -> Value?) throws(SettingError) -> Value {
        let text = text(key)
        guard let value = parse(text) else { throw SettingError(key: key, value: text, expected: key.help) }
        return value
    }
}

extension SettingKey {
    fileprivate var configKey: ConfigKey { ConfigKey(rawValue.split(separator: ".").map(String.init)) }
}

/// A name in the environment that looks like a setting and is none: rather a typing error than something to ignore.
struct UnknownSetting: Error, CustomStringConvertible {
    let name: String

    var description: String { "\(name) is no setting. 'mentord settings' lists them all." }
}
