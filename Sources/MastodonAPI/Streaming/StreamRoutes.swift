import Social
import Store
package import UseCases
package import WebServer

/// Listening to what happens (docs.joinmastodon.org/methods/streaming): several streams on one WebSocket, or one as
/// server-sent events.
package struct StreamRoutes: Sendable {
    private static let path = "/api/v1/streaming"
    private let hub: StreamHub
    private let access: StreamAccess

    package init(_ services: ClientServices, hub: StreamHub, tokens: Tokens) {
        self.hub = hub
        access = StreamAccess(services: services, tokens: tokens)
    }

    package var routes: [Route] {
        [
            ("user", "user"), ("user/notification", "user:notification"), ("direct", "direct"), ("list", "list"),
            ("hashtag", "hashtag"), ("hashtag/local", "hashtag:local"), ("public", "public"),
            ("public/local", "public:local"), ("public/remote", "public:remote"),
        ].map { path, stream in
            Route(.get, "\(Self.path)/\(path)", access: .open) { try await events(of: stream, $0) }
        }
    }

    /// A program may name its first stream in the query.
    package var socket: SocketRoute {
        SocketRoute(Self.path) { exchange in
            // Browsers end a handshake that does not name the one that they offered.
            let offered = exchange.field("sec-websocket-protocol")?.split(separator: ",").first
            let subprotocol = offered.map { $0.trimmingPrefix(while: { $0 == " " }) }.map(String.init)
            let reader = try await access.tokens.reader(exchange, subprotocol: subprotocol)
            let wish = exchange.query("stream").map {
                StreamTalk.Wish(stream: $0, list: exchange.query("list"), tag: exchange.query("tag"))
            }
            if let wish, reader.grant == nil, (try? wish.name.isPersonal) == true { throw Problem.unauthorised }
            let talk = StreamTalk(try await hub.open(reader, .frames), access: access, subprotocol: subprotocol)
            if let wish { await talk.subscribe(wish) }
            return talk
        }
    }

    private func events(of stream: String, _ exchange: Exchange) async throws -> Answer {
        let reader = try await access.tokens.reader(exchange, subprotocol: nil)
        let input = try exchange.input()
        var name = stream
        if stream.hasPrefix("public"), input.flag("only_media") == true { name += ":media" }
        let wish = StreamTalk.Wish(stream: name, list: input.text("list"), tag: input.text("tag"))
        let wanted = try wish.name
        try await access.check(wanted, for: reader)
        // Whoever asks for the header alone listens to nothing.
        guard exchange.method == "GET" else {
            return Answer(status: 200, fields: [("content-type", "text/event-stream")])
        }
        let ticket = try await hub.open(reader, .events)
        _ = ticket.listener.subscribe(wanted, words: wish.words)
        return .stream(
            EventStream(outbox: ticket.listener.outbox, greeting: ":)\n", beat: ":thump\n", holding: ticket))
    }
}

/// Who may listen to what.
struct StreamAccess: Sendable {
    let services: ClientServices
    let tokens: Tokens

    /// - Throws: why a reader may not listen to a stream.
    func check(_ stream: StreamName, for reader: StreamReader) async throws {
        try reader.check(stream)
        if case .list(let id) = stream {
            guard let account = reader.account, try await services.database.list(id, of: account) != nil else {
                throw Problem.notFound
            }
        }
    }
}
