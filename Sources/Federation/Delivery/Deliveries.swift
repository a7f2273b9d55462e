import Jobs
package import JSONTree
package import PostgreSQL
package import Social
import Store
package import Wire

/// Writes activities for other servers: the bytes once, and the jobs that carry them, in the transaction that caused
/// them.
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

    /// An activity for followers as they stand when their turn comes, and for others by name. What is not for everybody
    /// goes to personal inboxes, and waits behind nothing that is.
    package func send(
        _ activity: OutgoingActivity, to recipients: Recipients, sequence: String, in transaction: Transaction
    ) async throws {
        let people = recipients.people.filter { !$0.isLocal && $0.goneAt == nil }
        var followed = recipients.followersOf
        if let actor = followed, try await !transaction.hasFollowersElsewhere(actor) { followed = nil }
        guard !people.isEmpty || followed != nil else { return }
        let id = try await store(activity, audience: people.map(\.uri), in: transaction)
        if let followed {
            try await spread(
                stored: id, of: followed, andTo: people, by: activity.isPublic ? .shared : .personal,
                sequence: sequence, in: transaction)
        } else {
            try await send(
                stored: id, to: people, by: activity.isPublic ? .shared : .personal, sequence: sequence,
                priority: activity.isPublic ? 100 : NewJob.urgent, in: transaction)
        }
    }

    private func store(_ activity: OutgoingActivity, audience: [URI], in transaction: Transaction) async throws
        -> Int64
    {
        if let fault = Confidentiality.fault(in: activity, for: audience) { throw fault }
        return try await transaction.insertActivity(
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
            DeliveryOrder(activity: id, inbox: recipient.inbox).job(sequence: sequence, priority: NewJob.urgent),
            in: transaction)
    }

    /// A stored activity for several actors by name. Activities of one `sequence` reach an inbox in order.
    ///
    /// - Parameters:
    ///   - route: personal inboxes for what is private; shared ones, one copy for a server, for what anybody may see.
    ///   - priority: of ordinary traffic. What somebody waits for is ``NewJob/urgent``.
    package func send(
        stored id: Int64, to recipients: [Actor], by route: DeliveryRoute, sequence: String, priority: Int = 100,
        supersedes: Bool = false, in transaction: Transaction
    ) async throws {
        let inboxes = Self.inboxes(of: recipients, by: route)
        try await write(
            inboxes.map { DeliveryOrder(activity: id, inbox: $0) }, sequence: sequence, priority: priority,
            supersedes: supersedes, in: transaction)
    }

    /// A stored activity for all accepted followers of an actor, and for others by name. One job, however many they
    /// are: it finds the followers when it runs, after those of the same `sequence` before it.
    ///
    /// - Parameter route: to the others.
    package func spread(
        stored id: Int64, of followed: ActorID, andTo others: [Actor] = [], by route: DeliveryRoute = .shared,
        sequence: String, supersedes: Bool = false, in transaction: Transaction
    ) async throws {
        let inboxes = Self.inboxes(of: others, by: route)
        try await write(
            inboxes.map { DeliveryOrder(activity: id, inbox: $0) }, sequence: sequence, priority: 100,
            supersedes: supersedes, in: transaction)
        let spread = SpreadOrder(
            activity: id, followed: followed, without: inboxes, sequence: sequence, supersedes: supersedes)
        try await queue.enqueue(spread.job, in: transaction)
    }

    /// Writes deliveries, but none to hosts that have been away for long.
    func write(
        _ orders: [DeliveryOrder], sequence: String, priority: Int, supersedes: Bool, in transaction: Transaction
    ) async throws {
        guard !orders.isEmpty else { return }
        if supersedes {
            try await queue.dropWaiting(sequences: orders.map { "\(sequence) \($0.inbox)" }, in: transaction)
        }
        let away =
            priority <= NewJob.urgent
            ? [] : try await transaction.hostsWithoutBroadcasts(among: orders.map(\.inbox.authority))
        try await queue.enqueue(
            orders.filter { !away.contains($0.inbox.authority) }
                .map { $0.job(sequence: "\(sequence) \($0.inbox)", priority: priority) },
            in: transaction)
    }

    /// Each inbox of actors elsewhere once, in the order of the actors.
    private static func inboxes(of recipients: [Actor], by route: DeliveryRoute) -> [URI] {
        var seen: Set<URI> = []
        return recipients.filter { !$0.isLocal }
            .map { route == .shared ? $0.sharedInbox ?? $0.inbox : $0.inbox }
            .filter { seen.insert($0).inserted }
    }
}

/// Which of an actor's inboxes an activity goes to.
package enum DeliveryRoute: Sendable {
    case personal
    /// The one that the actor's whole server shares, where it has one.
    case shared
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
