import Foundation
import Synchronization

/// The built `mentord` as a child process whose output is read as it comes. Its standard input stays open as long as
/// this object and this process live, so that `serve --until-input-ends` cannot be left behind.
final class Program: Sendable {
    struct Ending: Equatable, Sendable {
        let status: Int32
        let isKilled: Bool

        static let success = Ending(status: 0, isKilled: false)
        static let killed = Ending(status: SIGKILL, isKilled: true)
    }

    let id: pid_t
    private let input = Pipe()
    private let output: Task<String, Never>
    private let ending: Task<Ending, Never>
    private let hasEndedFlag = Mutex(false)

    /// - Parameter onErrorLine: gets each line of standard error, in order.
    init(_ arguments: [String], onErrorLine: @escaping @Sendable (String) -> Void = { _ in }) throws {
        let process = Process()
        process.executableURL = try Self.executable()
        process.arguments = arguments
        let (outputPipe, errorPipe) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = outputPipe
        process.standardError = errorPipe
        // Settings of this environment must not reach the communities under test.
        process.environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("MENTORD") }
        try process.run()
        id = process.processIdentifier
        Cleanup.remember(process: id)
        try outputPipe.fileHandleForWriting.close()
        try errorPipe.fileHandleForWriting.close()

        let (texts, text) = AsyncStream.makeStream(of: String.self)
        let (endings, end) = AsyncStream.makeStream(of: Ending.self)
        output = Task { await texts.first { _ in true } ?? "" }
        ending = Task { await endings.first { _ in true } ?? Ending(status: -1, isKilled: false) }
        Thread.detachNewThread {
            let all = (try? outputPipe.fileHandleForReading.readToEnd()) ?? Data()
            text.yield(String(decoding: all, as: UTF8.self))
        }
        Thread.detachNewThread {
            Self.readLines(errorPipe.fileHandleForReading, onErrorLine)
            process.waitUntilExit()
            Cleanup.forget(process: process.processIdentifier)
            self.hasEndedFlag.withLock { $0 = true }
            end.yield(
                Ending(status: process.terminationStatus, isKilled: process.terminationReason == .uncaughtSignal))
        }
    }

    var hasEnded: Bool { hasEndedFlag.withLock(\.self) }

    func send(signal: Int32) {
        if !hasEnded { kill(id, signal) }
    }

    func waitForEnd() async -> Ending { await ending.value }

    /// Runs a command to its end.
    ///
    /// - Returns: what it printed, and how it ended.
    static func run(_ arguments: [String]) async throws -> (output: String, errors: String, ending: Ending) {
        let errors = Mutex("")
        let program = try Program(arguments) { line in errors.withLock { $0 += line + "\n" } }
        let (output, ending) = (await program.output.value, await program.waitForEnd())
        return (output, errors.withLock(\.self), ending)
    }

    private static func readLines(_ file: FileHandle, _ onLine: (String) -> Void) {
        var rest = Data()
        while case let chunk = file.availableData, !chunk.isEmpty {
            rest.append(chunk)
            while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                onLine(String(decoding: rest[..<end], as: UTF8.self))
                rest = Data(rest[rest.index(after: end)...])
            }
        }
    }
}

extension Program {
    struct NotBuilt: Error, CustomStringConvertible {
        let places: [String]
        var description: String { "mentord was not found at \(places.joined(separator: ", ")): build it first." }
    }

    /// The program that the environment names as `MENTORD`, else the one that was built beside these tests.
    private static func executable() throws -> URL {
        let thisProgram = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let beside = [thisProgram, Bundle.main.executablePath].compactMap(\.self)
            .map { URL(fileURLWithPath: $0).deletingLastPathComponent().appendingPathComponent("mentord").path }
        let named = ProcessInfo.processInfo.environment["MENTORD"]
        let places = named.map { [$0] } ?? beside
        guard let path = places.first(where: FileManager.default.isExecutableFile(atPath:)) else {
            throw NotBuilt(places: places)
        }
        return URL(fileURLWithPath: path)
    }
}
