import Jobs
package import JSONTree
package import PostgreSQL
package import Social
import Store
package import Wire

/// Writes activities for other servers: the bytes once, and one job for each inbox, in the transaction that caused them.
package struct Deliveries: Sendable {
    private let queue = JobQueue()

    package init() {}

    /// An activity for one actor alone, into the personal inbox. Activities of one `sequence` reach a host in order.
    ///
    /// - Parameter supersedes: whether this makes pointless what still waits in the sequence.
    package func send(
        _ activity: OutgoingActivity, to recipient: Actor, sequence: String, supersedes: Bool = false,
        in transaction: Transaction
    ) async throws {
        let id = try await store(activity, audience: [recipient.uri], in: transaction)
        try await send(stored: id, to: recipient, sequence: sequence, supersedes: supersedes, in: transaction)
    }

    /// An activity for several, into shared inboxes where it is for everybody.
    package func send(
        _ activity: OutgoingActivity, to recipients: Recipients, sequence: String, in transaction: Transaction
    ) async throws {
        let people = recipients.people.filter { !$0.isLocal && $0.goneAt == nil }
        guard !people.isEmpty || recipients.followersOf != nil else { return }
        let id = try await store(activity, audience: people.map(\.uri), in: transaction)
        var inboxes = Set(people.map { activity.isPublic ? $0.sharedInbox ?? $0.inbox : $0.inbox })
        if let followed = recipients.followersOf {
            for follower in try await transaction.followed(.followers, of: followed, before: nil, limit: 100_000) {
                if !follower.actor.isLocal { inboxes.insert(follower.actor.sharedInbox ?? follower.actor.inbox) }
            }
        }
        for inbox in inboxes.sorted(by: { $0.string < $1.string }) {
            try await queue.enqueue(
                NewJob(
                    kind: DeliverActivity.kind,
                    payload: ["activity": .string(String(id)), "inbox": .string(inbox.string)],
                    key: "\(id) \(inbox)", sequence: "\(sequence) \(inbox.authority)", lane: inbox.authority),
                in: transaction)
        }
    }

    private func store(_ activity: OutgoingActivity, audience: [URI], in transaction: Transaction) async throws -> Int64 {
        try await transaction.insertActivity(
            uri: activity.id, actor: activity.sender, kind: activity.type, audience: audience,
            isPublic: activity.isPublic, body: activity.document.serializedText(), post: activity.post)
    }

    /// The same activity once more, id and bytes unchanged.
    package func send(
        stored id: Int64, to recipient: Actor, sequence: String, supersedes: Bool = false, in transaction: Transaction
    ) async throws {
        let sequence = "\(sequence) \(recipient.inbox.authority)"
        if supersedes { try await queue.dropWaiting(sequence: sequence, in: transaction) }
        try await queue.enqueue(
            NewJob(
                kind: DeliverActivity.kind,
                payload: ["activity": .string(String(id)), "inbox": .string(recipient.inbox.string)],
                key: "\(id) \(recipient.inbox)", sequence: sequence, lane: recipient.inbox.authority, priority: 10),
            in: transaction)
    }
}

/// Whom an activity goes to.
package struct Recipients: Sendable {
    /// All who follow this actor, as they stand when their turn comes.
    package var followersOf: ActorID?
    package var people: [Actor]

    package init(followersOf: ActorID? = nil, people: [Actor] = []) {
        self.followersOf = followersOf
        self.people = people
    }
}

/// An activity of ours about to be written.
package struct OutgoingActivity: Sendable {
    package let id: URI
    package let type: String
    package let sender: ActorID
    /// Whether everybody may read it.
    package let isPublic: Bool
    /// The post without which it means nothing.
    package let post: PostID?
    package let document: JSON

    package init(
        id: URI, type: String, sender: ActorID, isPublic: Bool = false, post: PostID? = nil, document: JSON
    ) {
        self.id = id
        self.type = type
        self.sender = sender
        self.isPublic = isPublic
        self.post = post
        self.document = document
    }

    init(
        id: URI, type: String, sender: ActorID, isPublic: Bool, post: PostID?, build: (_ id: URI) -> JSON
    ) {
        self.init(id: id, type: type, sender: sender, isPublic: isPublic, post: post, document: build(id))
    }
}
