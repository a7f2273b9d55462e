import ActivityStreams
import Foundation
import JSONTree
package import PostgreSQL
package import Social
import Store
package import UseCases
import Wire

/// Sends what people of ours write, and do with posts, to those whom it concerns elsewhere.
package struct FederatePosts: PostConsequence {
    private let community: Community
    private let deliveries = Deliveries()

    package init(community: Community) { self.community = community }

    package func follow(_ change: PostChange, in transaction: Transaction) async throws {
        guard change.actor.isLocal else { return }
        let change = try await OutgoingChange(change, in: transaction)
        switch change.what {
        case .published: try await publish(change, in: transaction)
        case .edited, .counted, .approved: try await update(change, in: transaction)
        case .deleted(let holders): try await delete(change, holders: holders, in: transaction)
        case .boosted(let boost): try await announce(change, boost, in: transaction)
        case .unboosted(let boost): try await undo("Announce", boost.uri, change, boost: boost, in: transaction)
        case .liked(let like):
            try await send("Like", id: like, change, to: toAuthor(change), in: transaction) { $0.like(change.post.uri) }
        case .unliked(let like): try await undo("Like", like, change, boost: nil, in: transaction)
        case .voted(let choices): try await vote(choices, change, in: transaction)
        case .pinned:
            try await feature(change, in: transaction) { $0.add(change.post.uri, to: $1) }
        case .unpinned:
            try await feature(change, in: transaction) { $0.remove(change.post.uri, from: $1) }
        }
    }

    // MARK: The post itself

    private func publish(_ change: OutgoingChange, in transaction: Transaction) async throws {
        let writer = PostWriter(community: community, change)
        let readers = try await readers(of: change, in: transaction)
        try await send(
            "Create", id: community.addresses.publication(of: change.post.uri), change,
            addressing: writer.addressing, at: change.post.publishedAt, to: readers, in: transaction
        ) { $0.create(writer.document) }
    }

    /// A newer version. Where everybody may read it, it goes to all who hold a copy, too; else to none of those who
    /// were let go since they reacted to it. Of an answer that was refused none goes anywhere: servers that do not know
    /// it yet would take it for new.
    private func update(_ change: OutgoingChange, in transaction: Transaction) async throws {
        guard !change.post.isRefused else { return }
        let writer = PostWriter(community: community, change)
        let holders = change.post.visibility.isOpen ? try await transaction.remoteHolders(of: change.post.id) : []
        let readers = try await readers(of: change, and: holders, in: transaction)
        try await send(
            "Update", change, addressing: writer.addressing, at: DateTime.cutToMilliseconds(Date()), to: readers,
            in: transaction
        ) { $0.update(writer.document) }
    }

    private func delete(_ change: OutgoingChange, holders: [Actor], in transaction: Transaction) async throws {
        let writer = PostWriter(community: community, change)
        let now = DateTime.cutToMilliseconds(Date())
        var audience = try await audience(of: change, in: transaction)
        audience.people += holders
        let tombstone = TombstoneDocument(
            id: change.post.uri, formerType: change.post.content.kind.rawValue, deleted: now)
        // Not about the post: with the post go all activities about it, and this one has to stay.
        try await deliveries.send(
            OutgoingActivity(
                id: community.addresses.activity(UUID()), type: "Delete", sender: change.actor.id,
                isPublic: change.post.visibility.isOpen, post: nil
            ) { id in
                Envelope(id: id, actor: change.actor.uri, addressing: writer.addressing, published: now).delete(
                    tombstone)
            },
            to: audience, sequence: change.post.uri.string, in: transaction)
    }

    // MARK: What is done with posts

    private func announce(_ change: OutgoingChange, _ boost: Boost, in transaction: Transaction) async throws {
        let addressing = Addressing(
            Reach(boost.visibility), followers: community.addresses.followers(of: change.actor.uri),
            people: [change.author.uri])
        try await send(
            "Announce", id: boost.uri, change, addressing: addressing, at: boost.createdAt,
            to: Recipients(followersOf: change.actor.id, people: toAuthor(change).people), in: transaction
        ) { $0.announce(change.post.uri) }
    }

    private func undo(
        _ type: String, _ id: URI, _ change: OutgoingChange, boost: Boost?, in transaction: Transaction
    ) async throws {
        var stub = ActivityStub(type: type, id: id, actor: change.actor.uri, object: change.post.uri)
        var recipients = toAuthor(change)
        var addressing: Addressing?
        if let boost {
            recipients.followersOf = change.actor.id
            addressing = Addressing(
                Reach(boost.visibility), followers: community.addresses.followers(of: change.actor.uri),
                people: [change.author.uri])
            stub.addressing = addressing
            stub.published = boost.createdAt
        }
        try await send("Undo", change, addressing: addressing, to: recipients, in: transaction) { $0.undo(stub) }
    }

    /// One activity for each choice (Mastodon): the author's server counts them.
    private func vote(_ choices: Set<Int>, _ change: OutgoingChange, in transaction: Transaction) async throws {
        guard !change.author.isLocal, let options = change.post.content.poll?.options else { return }
        for choice in choices.sorted() where options.indices.contains(choice) {
            let id = community.addresses.activity(UUID())
            try await send("Create", id: id, change, to: toAuthor(change), in: transaction) { envelope in
                envelope.vote(
                    community.addresses.vote(id), for: options[choice].title, in: change.post.uri)
            }
        }
    }

    private func feature(
        _ change: OutgoingChange, in transaction: Transaction, _ build: (Envelope, URI) -> JSON
    ) async throws {
        guard change.post.visibility.isOpen else { return }
        let addressing = Addressing(
            .everyone, followers: community.addresses.followers(of: change.actor.uri))
        try await send(
            change.what.isPinning ? "Add" : "Remove", change, addressing: addressing,
            to: Recipients(followersOf: change.actor.id), in: transaction
        ) { build($0, community.addresses.featured(of: change.actor.uri)) }
    }

    // MARK: Sending

    /// Everybody whom a post is for: those whom it names, unless it is direct the author's followers, and where
    /// everybody may read it also whom it answers, as from Mastodon, whose server has the thread.
    private func audience(of change: OutgoingChange, in transaction: Transaction) async throws -> Recipients {
        var audience = Recipients(
            followersOf: change.post.visibility == .direct ? nil : change.author.id,
            people: change.post.content.addressees.compactMap { change.addressees[$0.actor] })
        if change.post.visibility.isOpen, let id = change.post.replyTo,
            let answered = try await transaction.storedPost(id),
            let author = try await transaction.actor(id: answered.author)
        {
            audience.people.append(author)
        }
        return audience
    }

    /// The same, and others, but for whom the author blocks: they may not see it.
    private func readers(of change: OutgoingChange, and others: [Actor] = [], in transaction: Transaction) async throws
        -> Recipients
    {
        var readers = try await audience(of: change, in: transaction)
        readers.people += others
        let blocked = try await transaction.blocked(by: change.author.id, among: readers.people.map(\.id))
        readers.people.removeAll { blocked.contains($0.id) }
        return readers
    }

    private func toAuthor(_ change: OutgoingChange) -> Recipients { Recipients(people: [change.author]) }

    private func send(
        _ type: String, id: URI? = nil, _ change: OutgoingChange, addressing: Addressing? = nil, at time: Date? = nil,
        to recipients: Recipients, in transaction: Transaction, _ build: (Envelope) -> JSON
    ) async throws {
        let addressing = addressing ?? Addressing(to: recipients.people.map(\.uri.string))
        let activity = OutgoingActivity(
            id: id ?? community.addresses.activity(UUID()), type: type, sender: change.actor.id,
            isPublic: addressing.isForEverybody, post: change.post.id
        ) { id in
            build(
                Envelope(
                    id: id, actor: change.actor.uri, addressing: addressing,
                    published: time ?? DateTime.cutToMilliseconds(Date())))
        }
        try await deliveries.send(activity, to: recipients, sequence: change.post.uri.string, in: transaction)
    }
}

extension PostWriter {
    init(community: Community, _ change: OutgoingChange) {
        self.init(community: community, post: change.post, author: change.author, people: change.addressees)
    }
}

extension Addressing {
    fileprivate var isForEverybody: Bool { visibility(followers: nil) != .direct }
}

extension PostHappening {
    fileprivate var isPinning: Bool { if case .pinned = self { true } else { false } }
}
