import Foundation

/// Cases with what implementations of other makings say of them: a script of `Tests/Shared` prints one a line, in JSON.
package struct IndependentCases {
    /// All cases, by the interpreter of the Python environment that `deploy/test` makes, else by that of the system.
    /// Empty where Python or its libraries are missing.
    package static func printed<Case: Decodable>(by script: String, as type: Case.Type = Case.self) throws -> [Case] {
        var root = URL(filePath: #filePath)
        for _ in 0..<3 { root.deleteLastPathComponent() }
        let own = root.appending(path: ".build/python/bin/python").path()
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            FileManager.default.isExecutableFile(atPath: own) ? own : "python3", "-B",
            root.appending(path: "Tests/Shared/\(script)").path(),
        ]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let lines = output.fileHandleForReading.readDataToEndOfFile().split(separator: UInt8(ascii: "\n"))
        process.waitUntilExit()
        return try lines.map { try JSONDecoder().decode(Case.self, from: $0) }
    }
}
