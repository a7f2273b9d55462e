import Foundation

@testable import Calendars

/// A case of `Tests/Shared/busy_time_cases.py`, with what implementations of other makings say of it.
struct BusyTimeCase: Decodable {
    let zone: String
    let from: Int
    let to: Int
    let calendar: String
    let times: [[Int]]

    /// All cases, by the interpreter of the Python environment that `deploy/test` makes, else by that of the system.
    static func all() throws -> [BusyTimeCase] {
        var root = URL(filePath: #filePath)
        for _ in 0..<3 { root.deleteLastPathComponent() }
        let own = root.appending(path: ".build/python/bin/python").path()
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            FileManager.default.isExecutableFile(atPath: own) ? own : "python3", "-B",
            root.appending(path: "Tests/Shared/busy_time_cases.py").path(),
        ]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let lines = output.fileHandleForReading.readDataToEndOfFile().split(separator: UInt8(ascii: "\n"))
        process.waitUntilExit()
        return try lines.map { try JSONDecoder().decode(BusyTimeCase.self, from: $0) }
    }
}
