import ActivityStreams
package import Foundation
package import JSONTree
package import PostgreSQL
package import Social
import Store
package import Wire

/// Posts of this community as other servers fetch them, for whoever may see them.
package struct PublishedPosts: Sendable {
    static let pageSize = 20

    private let database: Pool
    private let community: Community

    package init(database: Pool, community: Community) {
        self.database = database
        self.community = community
    }

    package func post(_ id: UUID, for viewer: Viewer) async throws -> Reading {
        try await reading(community.addresses.post(id), for: viewer) { $0.document.document }
    }

    /// The Create by which a post was published, with the post as it stands now.
    package func publication(_ id: UUID, for viewer: Viewer) async throws -> Reading {
        try await reading(community.addresses.post(id), for: viewer) { $0.publication(community) }
    }

    /// The post for a page.
    package func shown(_ id: UUID) async throws -> (post: Post, author: Actor)? {
        guard let post = try await database.post(community.addresses.post(id), for: .nobody),
            let author = try await database.actor(id: post.author), author.isLocal
        else { return nil }
        return (post, author)
    }

    private func reading(_ uri: URI, for viewer: Viewer, _ document: (PostWriter) -> JSON) async throws -> Reading {
        guard let post = try await database.post(uri, for: viewer) else {
            guard let tombstone = try await database.tombstone(uri) else { return .nothing }
            return .gone(
                TombstoneDocument(
                    id: uri, formerType: tombstone.formerType ?? "Note", deleted: tombstone.deletedAt
                ).document)
        }
        guard let writer = try await writers([post]).first else { return .nothing }
        return .document(document(writer))
    }

    /// What an actor published and passed on: how many, and where they begin.
    package func outbox(of actor: Actor) async throws -> JSON {
        let id = community.addresses.outbox(of: actor.uri)
        let posts = try await database.openPostCount(of: actor.id)
        let boosts = try await database.openBoostCount(by: actor.id)
        return Collection.paged(id: id, totalItems: posts + boosts, first: "\(id)?page=true")
    }

    /// The latest first, older than `before`.
    package func outboxPage(of actor: Actor, before: Int64?) async throws -> JSON {
        let id = community.addresses.outbox(of: actor.uri)
        let posts = try await database.posts(
            by: actor.id, for: .nobody, before: before.map(PostID.init(rawValue:)), limit: Self.pageSize)
        let boosts = try await database.openBoosts(by: actor.id, before: before, limit: Self.pageSize)
        let published = try await writers(posts).map { (number: $0.post.id.rawValue, $0.publication(community)) }
        let passedOn = boosts.map { (number: $0.boost.id, announce($0.boost, of: $0.post, by: actor)) }
        let items = (published + passedOn).sorted { $0.number > $1.number }.prefix(Self.pageSize)
        let next = items.count == Self.pageSize ? items.last.map { "\(id)?page=true&before=\($0.number)" } : nil
        return Collection.page(
            id: "\(id)?page=true" + (before.map { "&before=\($0)" } ?? ""), of: id, items: items.map(\.1), next: next)
    }

    /// The posts that an actor shows first, whole, so that nobody has to fetch them one by one.
    package func featured(of actor: Actor) async throws -> JSON {
        let posts = try await database.pinnedPosts(of: actor.id, for: .nobody)
        return Collection.whole(
            id: community.addresses.featured(of: actor.uri), items: try await writers(posts).map(\.document.json))
    }

    /// What was answered to a post in public, by address.
    package func replies(to id: UUID, after: PostID?, for viewer: Viewer) async throws -> Reading {
        let uri = community.addresses.post(id)
        guard let post = try await database.post(uri, for: viewer) else { return .nothing }
        let found = try await database.replies(to: post.id, for: .nobody, after: after, limit: Self.pageSize)
        let collection = community.addresses.replies(to: uri)
        let next = found.count == Self.pageSize ? found.last.map { "\(collection)?after=\($0.id.rawValue)" } : nil
        return .document(
            Collection.page(
                id: "\(collection)?after=\(after?.rawValue ?? 0)", of: collection,
                items: found.map { .string($0.uri.string) }, next: next))
    }

    private func announce(_ boost: Boost, of post: URI, by actor: Actor) -> JSON {
        Envelope(
            id: boost.uri, actor: actor.uri,
            addressing: Addressing(Reach(boost.visibility), followers: community.addresses.followers(of: actor.uri)),
            published: boost.createdAt
        ).announce(post)
    }

    private func writers(_ posts: [Post]) async throws -> [PostWriter] {
        let people = try await database.actors(
            ids: Set(posts.flatMap { [$0.author] + $0.content.addressees.map(\.actor) }))
        return posts.compactMap { post in
            people[post.author].flatMap { author in
                guard author.isLocal else { return nil }
                return PostWriter(community: community, post: post, author: author, people: people)
            }
        }
    }
}

extension PostWriter {
    fileprivate func publication(_ community: Community) -> JSON {
        Envelope(
            id: community.addresses.publication(of: post.uri), actor: author.uri, addressing: addressing,
            published: post.publishedAt
        ).create(document)
    }
}
