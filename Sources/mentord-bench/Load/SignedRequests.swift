import Foundation
import HTTPSignatures
import NIOCore
import Wire

/// Turns activities into the bytes that go over the wire, before the clock runs.
enum SignedRequests {
    /// - Returns: one request for each activity, in their order.
    static func make(
        for activities: [Activities.Activity], of world: World, to origin: String
    ) async throws -> [ByteBuffer] {
        let chunk = 256
        return try await withThrowingTaskGroup(of: (Int, [ByteBuffer]).self) { group in
            for begin in stride(from: 0, to: activities.count, by: chunk) {
                let part = activities[begin..<min(begin + chunk, activities.count)]
                group.addTask { (begin, try part.map { try request($0, of: world, to: origin) }) }
            }
            var parts: [Int: [ByteBuffer]] = [:]
            for try await (begin, part) in group { parts[begin] = part }
            return parts.sorted { $0.key < $1.key }.flatMap(\.value)
        }
    }

    private static func request(
        _ activity: Activities.Activity, of world: World, to origin: String
    ) throws -> ByteBuffer {
        guard let uri = URI(origin + activity.target) else { throw BenchFailure.refused("No address: \(origin)") }
        let content = OutgoingRequest.Content(type: "application/activity+json", bytes: Array(activity.body.utf8))
        let fields = try world.people[activity.person].signer.fields(
            for: OutgoingRequest(method: "POST", uri: uri, content: content), at: Date())
        var request = ByteBuffer(
            string: """
                POST \(activity.target) HTTP/1.1\r\nhost: \(uri.authority)\r\nuser-agent: bench\r\n\
                content-type: \(content.type)\r\ncontent-length: \(content.bytes.count)\r\n
                """)
        for field in fields { request.writeString("\(field.name): \(field.value)\r\n") }
        request.writeString("\r\n")
        request.writeBytes(content.bytes)
        return request
    }
}
