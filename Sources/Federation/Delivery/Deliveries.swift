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
        let id = try await transaction.insertActivity(
            uri: activity.id, actor: activity.sender, kind: activity.type, audience: [recipient.uri], isPublic: false,
            body: activity.document.serializedText())
        try await send(stored: id, to: recipient, sequence: sequence, supersedes: supersedes, in: transaction)
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

/// An activity of ours about to be written.
package struct OutgoingActivity: Sendable {
    package let id: URI
    package let type: String
    package let sender: ActorID
    package let document: JSON

    package init(id: URI, type: String, sender: ActorID, document: JSON) {
        self.id = id
        self.type = type
        self.sender = sender
        self.document = document
    }
}
