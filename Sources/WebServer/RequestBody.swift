import HTTPTypes
import Hummingbird
import NIOCore

/// The whole body of a request within its size and time, so that nobody can hold a connection by dripping bytes.
enum RequestBody {
    static func read(_ request: Request, limit: Int, within time: Duration) async throws -> [UInt8] {
        guard request.method != .get, request.method != .head else { return [] }
        // A small body may hide a large one, and what a signature covers is the coded form (D06).
        if let coding = request.headers[.contentEncoding], coding.lowercased() != "identity" {
            throw Problem.notIdentity
        }
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit { throw Problem.tooLarge }
        return try await withThrowingTaskGroup(of: [UInt8].self) { group in
            group.addTask {
                do {
                    var bytes: [UInt8] = []
                    for try await buffer in request.body {
                        guard bytes.count + buffer.readableBytes <= limit else { throw Problem.tooLarge }
                        bytes.append(contentsOf: buffer.readableBytesView)
                    }
                    return bytes
                } catch where !(error is Problem || error is CancellationError) {
                    // Broken chunks, or a connection that ended: the sender's doing.
                    throw Problem.badRequest("The body cannot be read.")
                }
            }
            group.addTask {
                try await Task.sleep(for: time)
                throw Problem.tooSlow
            }
            defer { group.cancelAll() }
            return try await group.next() ?? []
        }
    }
}
