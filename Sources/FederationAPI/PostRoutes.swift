package import Federation
import Foundation
import JSONTree
package import Social
package import WebServer
import Wire

/// Posts by their addresses: documents for servers, as far as they may see them, and pages for people.
package struct PostRoutes: Sendable {
    private let posts: PublishedPosts
    private let readers: Readers
    private let page: @Sendable (Post, Actor) throws -> Answer

    /// - Parameter page: the readable page of a post that everybody may see.
    package init(
        posts: PublishedPosts, readers: Readers, page: @escaping @Sendable (Post, Actor) throws -> Answer
    ) {
        self.posts = posts
        self.readers = readers
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

    /// Shared by caches only where nobody had to prove anything.
    private func answer(_ exchange: Exchange, _ read: (Viewer) async throws -> Reading) async throws -> Answer {
        let viewer = Viewer(try await readers.reader(of: exchange))
        return try .reading(try await read(viewer), isForAll: viewer == .nobody, exchange)
    }
}
