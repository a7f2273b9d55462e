import Foundation
import JSONTree
import Synchronization

/// A `mentord serve` as a child process whose log lines are read as they come.
final class ServerProcess: Sendable {
    private struct State {
        var isListening = false
        var hasEnded = false
        var lastLines: [String] = []
        var waiting: [CheckedContinuation<Void, any Error>] = []
    }

    private let state = Mutex(State())
    private let processID: Int32
    private let input = Pipe()

    /// - Parameter onLine: gets every log line as JSON, in order.
    init(settings: [SettingKey: String], onLine: @escaping @Sendable (JSON) async -> Void) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: CommandLine.executable)
        process.arguments =
            ["serve", "--until-input-ends"] + settings.flatMap { ["--set", "\($0.key.rawValue)=\($0.value)"] }
        let pipe = Pipe()
        process.standardError = pipe
        process.standardOutput = FileHandle.nullDevice
        let (lines, continuation) = AsyncStream.makeStream(of: String.self)
        // The server stops when this end of its standard input closes, however this process ends.
        process.standardInput = input
        try process.run()
        try pipe.fileHandleForWriting.close()
        processID = process.processIdentifier
        Thread.detachNewThread {
            var rest = Data()
            while case let chunk = pipe.fileHandleForReading.availableData, !chunk.isEmpty {
                rest.append(chunk)
                while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                    continuation.yield(String(decoding: rest[..<end], as: UTF8.self))
                    rest = Data(rest[rest.index(after: end)...])
                }
            }
            process.waitUntilExit()
            continuation.finish()
        }
        Task { await self.follow(lines, onLine) }
    }

    func waitUntilListening() async throws {
        try await withCheckedThrowingContinuation { continuation in
            state.withLock { state in
                if state.isListening {
                    continuation.resume()
                } else if state.hasEnded {
                    continuation.resume(throwing: DemoFailure.serverEnded(state.lastLines.joined(separator: "\n")))
                } else {
                    state.waiting.append(continuation)
                }
            }
        }
    }

    /// Asks the server to finish and waits until it has.
    func stop() async {
        guard !state.withLock({ $0.hasEnded }) else { return }
        kill(processID, SIGTERM)
        while !state.withLock({ $0.hasEnded }) { try? await Task.sleep(for: .milliseconds(20)) }
    }

    private func follow(_ lines: AsyncStream<String>, _ onLine: @Sendable (JSON) async -> Void) async {
        for await line in lines {
            let entry = (try? JSON.parse(Array(line.utf8))) ?? .string(line)
            let waiting = state.withLock { state in
                state.lastLines = state.lastLines.suffix(20) + [line]
                guard entry["message"]?.string == "listening" else { return [CheckedContinuation<Void, any Error>]() }
                state.isListening = true
                defer { state.waiting = [] }
                return state.waiting
            }
            for continuation in waiting { continuation.resume() }
            await onLine(entry)
        }
        let (waiting, output) = state.withLock { state in
            state.hasEnded = true
            defer { state.waiting = [] }
            return (state.waiting, state.lastLines.joined(separator: "\n"))
        }
        for continuation in waiting { continuation.resume(throwing: DemoFailure.serverEnded(output)) }
    }
}

extension CommandLine {
    /// The path of this very program.
    static var executable: String {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? arguments[0]
    }
}
