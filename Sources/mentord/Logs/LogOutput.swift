import Foundation
import Logging
import JSONTree

/// Writes log lines to the standard error output, as text for people or as one JSON object per line for programs.
struct LogOutput: LogHandler {
    private let label: String
    private let format: Settings.LogFormat
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?

    init(label: String, format: Settings.LogFormat, level: Logger.Level) {
        self.label = label
        self.format = format
        self.logLevel = level
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var all = metadata
        all.merge(metadataProvider?.get() ?? [:]) { $1 }
        all.merge(event.metadata ?? [:]) { $1 }
        let pairs = all.map { (name: $0.key, value: "\($0.value)") }.sorted { $0.name < $1.name }
        let time = Date().formatted(.iso8601.time(includingFractionalSeconds: true))
        let line =
            switch format {
            case .text:
                "\(time) \(event.level) \(event.message)"
                    + pairs.map { " \($0.name)=\(Self.quoted($0.value))" }.joined()
            case .json:
                Self.json([("time", time), ("level", "\(event.level)"), ("message", "\(event.message)")] + pairs)
            }
        Self.write(line + "\n")
    }

    /// One write per line, so that lines of several threads do not mix. A log that cannot be written stops nobody.
    private static func write(_ line: String) {
        try? FileHandle.standardError.write(contentsOf: Data(line.utf8))
    }

    /// Values from outside stay on their line and in their quotes.
    private static func quoted(_ value: String) -> String {
        let isPlain = !value.isEmpty && value.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") }
        return isPlain ? value : JSON.string(value).serializedText()
    }

    private static func json(_ pairs: [(name: String, value: String)]) -> String {
        var object = JSON.Object()
        for (name, value) in pairs { object[name] = .string(value) }
        return JSON.object(object).serializedText()
    }
}
