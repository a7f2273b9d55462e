import Foundation
import Synchronization

/// A process that this program has started. Its standard input stays open as long as this object lives.
final class Child: Sendable {
    let id: pid_t
    private let input: Pipe
    private let status: Task<Int32, Never>

    private init(id: pid_t, input: Pipe, status: Task<Int32, Never>) {
        self.id = id
        self.input = input
        self.status = status
    }

    /// - Parameters:
    ///   - output: where both of its outputs go.
    ///   - environment: variables beside those of this process.
    static func start(
        _ command: [String], output: FileHandle, environment: [String: String] = [:], in workshop: Workshop
    ) async throws -> Child {
        let input = Pipe()
        let (statuses, ended) = AsyncStream.makeStream(of: Int32.self)
        let id: pid_t = try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                // A child inherits what its thread blocks; those of tasks block the alarms that measuring programs set.
                var signals = sigset_t()
                sigemptyset(&signals)
                pthread_sigmask(SIG_SETMASK, &signals, nil)
                let process = Process()
                process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
                process.arguments = command
                process.standardInput = input
                process.standardOutput = output
                process.standardError = output
                process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
                do {
                    try process.run()
                } catch {
                    continuation.resume(throwing: error)
                    return
                }
                workshop.remember(process.processIdentifier)
                continuation.resume(returning: process.processIdentifier)
                process.waitUntilExit()
                workshop.forget(process.processIdentifier)
                ended.yield(process.terminationStatus)
            }
        }
        return Child(id: id, input: input, status: Task { await statuses.first { _ in true } ?? -1 })
    }

    func send(signal: Int32) { kill(id, signal) }

    func waitForEnd() async -> Int32 { await status.value }

    /// Runs a program to its end.
    ///
    /// - Returns: what it printed.
    @discardableResult
    static func run(
        _ command: [String], environment: [String: String] = [:], in workshop: Workshop
    ) async throws -> String {
        let path = workshop.folder + "/output-\(UUID().uuidString)"
        guard FileManager.default.createFile(atPath: path, contents: nil), let file = FileHandle(forWritingAtPath: path)
        else { throw BenchFailure.refused("The file \(path) cannot be made.") }
        defer { try? FileManager.default.removeItem(atPath: path) }
        let status = try await start(command, output: file, environment: environment, in: workshop).waitForEnd()
        let output = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        guard status == 0 else {
            throw BenchFailure.program(command.joined(separator: " "), status: status, output: output)
        }
        return output
    }
}

extension CommandLine {
    /// The path of this very program.
    static var executable: String {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? arguments[0]
    }
}
