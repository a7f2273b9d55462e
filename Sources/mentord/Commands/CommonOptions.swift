import ArgumentParser
import Foundation
import Logging

/// The options that every command shares: where its settings come from.
struct CommonOptions: ParsableArguments {
    @Option(name: .customLong("set"), help: "A setting, as name=value. Can be repeated.")
    var overrides: [String] = []

    @Option(name: .customLong("settings"), help: "A settings file, instead of mentord.json in the data folder.")
    var file: String?

    /// The checked settings; stops the program with one line about what is wrong.
    ///
    /// - Parameter quietly: whether only warnings are logged, for commands whose output is for the person who typed
    ///   them.
    func load(quietly: Bool = true) async throws -> Settings {
        var values: [SettingKey: String] = [:]
        for override in overrides {
            let parts = override.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, let key = SettingKey(rawValue: String(parts[0])) else {
                throw ValidationError("'--set \(override)' names no setting. 'mentord settings' lists them.")
            }
            values[key] = String(parts[1])
        }
        let settings = try await Settings.load(overrides: values, file: file)
        LoggingSystem.bootstrap { 
            LogOutput(
                label: $0, format: settings.logFormat,
                level: quietly ? max(settings.logLevel, .warning) : settings.logLevel)
        }
        return settings
    }
}

/// Lists all settings with their defaults.
struct SettingsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "settings", abstract: "List all settings.")

    func run() {
        for key in SettingKey.allCases {
            let fallback = key.fallback.isEmpty ? "not set" : key.fallback
            print("\(key.rawValue)  (\(key.environmentName); \(fallback))\n    \(key.help)\n")
        }
    }
}
