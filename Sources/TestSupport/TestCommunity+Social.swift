import Foundation
import PostgreSQL
package import Social
import Store
package import Wire

// People and posts as they lie in the tables, without what follows from them.
extension TestCommunity {
    /// Lets one follow another.
    @discardableResult
    package func follow(_ followed: Actor, by follower: Actor, _ state: Follow.State = .accepted) async throws -> Follow
    {
        try await database.saveFollow(by: follower.id, of: followed.id, uri: newAddress(of: follower), state: state)
    }

    package func block(_ blocked: Actor, by blocker: Actor) async throws {
        _ = try await database.insertBlock(by: blocker.id, of: blocked.id, uri: newAddress(of: blocker))
    }

    /// Writes a post.
    ///
    /// - Parameters:
    ///   - people: whom it names.
    ///   - parent: what it answers, known here or not.
    ///   - address: its id, where the test has to know it.
    package func post(
        by author: Actor, _ visibility: Visibility = .public, _ text: String = "Hello", to people: [Actor] = [],
        answering parent: URI? = nil, at address: URI? = nil, poll: Poll? = nil
    ) async throws -> Post {
        let address = try address ?? newAddress(of: author)
        let content = Post.Content(
            kind: poll == nil ? .note : .question, visibility: visibility, html: "<p>\(text)</p>", replyTo: parent,
            addressees: people.map { Post.Addressee($0.id, isMentioned: true) }, poll: poll)
        return try await database.transaction { transaction in
            let post = try await transaction.insertPost(
                address, by: author.id, content: content, publishedAt: .thisSecond, isRemote: !author.isLocal)
            guard let post else { throw UnreadableSample(text: address.string) }
            return post
        }
    }

    /// The state that a row is in which another server's words have brought about.
    package func suspend(_ actor: Actor) async throws {
        _ = try await database.execute("update actors set suspended_at = now() where id = \(actor.id)")
    }

    package func end(_ actor: Actor) async throws {
        _ = try await database.execute("update actors set gone_at = now() where id = \(actor.id)")
    }

    private func newAddress(of actor: Actor) throws -> URI {
        actor.isLocal
            ? community.addresses.post(UUID()) : try uri("\(actor.uri.origin)/\(UUID().uuidString.lowercased())")
    }
}

extension Actor {
    /// The actor as it is stored by now.
    package func reread(in home: TestCommunity) async throws -> Actor {
        guard let actor = try await home.database.actor(id: id) else { throw UnreadableSample(text: uri.string) }
        return actor
    }
}
