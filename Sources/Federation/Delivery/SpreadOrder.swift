import Jobs
import JSONTree
import Wire

/// What a job of the kind `spread` says: which activity goes to all followers, and how far it has come.
struct SpreadOrder: Equatable {
    var activity: Int64
    /// Whose followers get it.
    var followed: ActorID
    /// Inboxes that have got it already.
    var without: [URI] = []
    var sequence: String
    var supersedes = false
    /// The last inbox that was written; they are taken in order.
    var cursor = ""

    var job: NewJob {
        NewJob(
            kind: SpreadActivity.kind, payload: payload, key: String(activity), sequence: "\(sequence) spread",
            priority: SpreadActivity.priority)
    }

    var payload: JSON {
        [
            "activity": .string(String(activity)), "of": .string(String(followed.rawValue)),
            "without": .array(without.map { .string($0.string) }), "sequence": .string(sequence),
            "supersedes": .bool(supersedes), "cursor": .string(cursor),
        ]
    }
}

extension SpreadOrder {
    init?(_ payload: JSON) {
        guard let activity = payload["activity"]?.string.flatMap({ Int64($0) }),
            let followed = payload["of"]?.string.flatMap({ Int64($0) }),
            let sequence = payload["sequence"]?.string
        else { return nil }
        self.init(
            activity: activity, followed: ActorID(rawValue: followed),
            without: (payload["without"]?.list ?? []).compactMap { $0.string.flatMap { URI($0) } }, sequence: sequence,
            supersedes: payload["supersedes"]?.bool == true, cursor: payload["cursor"]?.string ?? "")
    }
}
