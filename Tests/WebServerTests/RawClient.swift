import Foundation
import NIOCore
import NIOPosix
import TestSupport

/// Speaks bytes to a server and gives back what it says, to the byte.
enum RawClient {
    struct Reply: Sendable {
        let status: Int
        /// Names in lower case.
        let fields: [(name: String, value: String)]
        let body: String

        func field(_ name: String) -> String? { fields.first { $0.name == name }?.value }
    }

    /// Sends the pieces one after the other and reads until the server closes, or until one whole reply is there.
    static func send(_ pieces: [[UInt8]], to port: Int) async throws -> Reply? {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            for piece in pieces {
                // A server that has had enough may close while we write.
                guard (try? await outbound.write(ByteBuffer(bytes: piece))) != nil else { break }
            }
            var received: [UInt8] = []
            do {
                for try await buffer in inbound {
                    received += buffer.readableBytesView
                    if let reply = reply(received), reply.isWhole { return reply.reply }
                }
            } catch is IOError {
                // Reset after the answer.
            }
            return reply(received)?.reply
        }
    }

    static func send(_ text: String, to port: Int) async throws -> Reply? {
        try await send([Array(text.utf8)], to: port)
    }

    /// A request with what every request needs.
    static func request(
        _ method: String, _ target: String, fields: [String] = [], body: String = "", to port: Int
    ) async throws -> Reply? {
        let length = body.isEmpty ? [] : ["Content-Length: \(body.utf8.count)"]
        let head = ["\(method) \(target) HTTP/1.1", "Host: a.example", "Connection: close"] + length + fields
        return try await send(head.joined(separator: "\r\n") + "\r\n\r\n" + body, to: port)
    }

    /// Connects, says these pieces with the pause behind each, and nothing more; tells after how long the server ended the
    /// connection.
    static func timeToEnd(_ pieces: [String], every pause: Duration = .zero, to port: Int) async throws -> Duration {
        let begin = ContinuousClock.now
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port).get()
        let writer = Task {
            for piece in pieces {
                try await channel.writeAndFlush(ByteBuffer(string: piece))
                try await Task.sleep(for: pause)
            }
        }
        try? await channel.closeFuture.get()
        writer.cancel()
        return ContinuousClock.now - begin
    }

    private static func reply(_ bytes: [UInt8]) -> (reply: Reply, isWhole: Bool)? {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let end = text.range(of: "\r\n\r\n") else { return nil }
        let lines = text[..<end.lowerBound].split(separator: "\r\n")
        guard let first = lines.first, let status = first.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
        else {
            return nil
        }
        let fields = lines.dropFirst().compactMap { line -> (name: String, value: String)? in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            return (line[..<colon].lowercased(), line[line.index(after: colon)...].trimmingPrefix(" ").description)
        }
        let body = String(text[end.upperBound...])
        let length = fields.first { $0.name == "content-length" }.flatMap { Int($0.value) }
        return (Reply(status: status, fields: fields, body: body), length.map { body.utf8.count >= $0 } ?? false)
    }
}
