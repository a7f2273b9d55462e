package import Federation
import Foundation
import JSONTree
package import Social
package import WebServer
import Wire

/// Posts by their addresses: documents for servers, as far as they may see them, and pages for people.
package struct PostRoutes: Sendable {
    private let posts: PublishedPosts
    private let gate: FetchGate
    private let page: @Sendable (Post, Actor) throws -> Answer

    /// - Parameter page: the readable page of a post that everybody may see.
    package init(
        posts: PublishedPosts, gate: FetchGate, page: @escaping @Sendable (Post, Actor) throws -> Answer
    ) {
        self.posts = posts
        self.gate = gate
        self.page = page
    }

    package var routes: [Route] {
        [
            Route(.get, "/posts/{id}", access: .open) { exchange in
                let id = try id(exchange)
                if exchange.prefersActivityStreams {
                    return try await answer(exchange) { try await posts.post(id, for: $0) }
                }
                guard let (post, author) = try await posts.shown(id) else { throw Problem.notFound }
                return try page(post, author)
            },
            Route(.get, "/posts/{id}/activity", access: .open) { exchange in
                let id = try id(exchange)
                return try await answer(exchange) { try await posts.publication(id, for: $0) }
            },
            Route(.get, "/posts/{id}/replies", access: .open) { exchange in
                let id = try id(exchange)
                let after = exchange.query("after").flatMap { Int64($0) }.map(PostID.init(rawValue:))
                return try await answer(exchange) { try await posts.replies(to: id, after: after, for: $0) }
            },
        ]
    }

    private func id(_ exchange: Exchange) throws -> UUID {
        guard let id = UUID(uuidString: exchange.parameter("id")) else { throw Problem.notFound }
        return id
    }

    private func answer(_ exchange: Exchange, _ read: (Viewer) async throws -> Reading) async throws -> Answer {
        let reader = try await gate.reader(of: exchange)
        let answer = try Answer.reading(try await read(Viewer(reader.actor)))
        return gate.answer(answer, to: reader, seconds: 180).validated(against: exchange)
    }
}
