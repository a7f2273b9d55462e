import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

/// The whole body of a request within its size and time, so that nobody can hold a connection by dripping bytes.
enum RequestBody {
    static func read(_ request: Request, limit: Int, within deadlines: Deadlines) async throws -> [UInt8] {
        if request.method == .head { return [] }
        // Most that only ask bring none; some bring their parameters so.
        let isFramed = request.headers[.contentLength] != nil || request.headers[.transferEncoding] != nil
        if request.method == .get, !isFramed { return [] }
        // A small body may hide a large one, and what a signature covers is the coded form (D06).
        if let coding = request.headers[.contentEncoding], coding.lowercased() != "identity" {
            throw Problem.notIdentity
        }
        let length = request.headers[.contentLength].flatMap { Int($0) }
        if let length, length > limit { throw Problem.tooLarge }
        let count = Count()
        return try await withThrowingTaskGroup(of: [UInt8].self) { group in
            group.addTask {
                do {
                    var bytes: [UInt8] = []
                    // So that what is large does not lie there several times while it grows.
                    bytes.reserveCapacity(max(0, length ?? 0))
                    for try await buffer in request.body {
                        guard bytes.count + buffer.readableBytes <= limit else { throw Problem.tooLarge }
                        bytes.append(contentsOf: buffer.readableBytesView)
                        count.value.store(bytes.count, ordering: .relaxed)
                    }
                    return bytes
                } catch where !(error is Problem || error is CancellationError) {
                    // Broken chunks, or a connection that ended: the sender's doing.
                    throw Problem.badRequest("The body cannot be read.")
                }
            }
            group.addTask {
                let start = ContinuousClock.now
                while true {
                    let end = start + deadlines.body(after: count.value.load(ordering: .relaxed))
                    guard end > .now else { throw Problem.tooSlow }
                    try await Task.sleep(until: end, clock: .continuous)
                }
            }
            defer { group.cancelAll() }
            return try await group.next() ?? []
        }
    }

    /// How much came so far.
    private final class Count: Sendable {
        let value = Atomic(0)
    }
}
