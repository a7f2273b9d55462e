import Jobs
import JSONTree
import Wire

/// What a job of the kind `deliver` says: which activity goes to which inbox, and why.
struct DeliveryOrder: Equatable {
    var activity: Int64
    var inbox: URI
    /// Whether the inbox gets it only because followers have it; then one must still be there when it is sent.
    var isForFollowers = false

    /// Activities of one `sequence` arrive in order.
    func job(sequence: String, priority: Int) -> NewJob {
        NewJob(
            kind: DeliverActivity.kind, payload: payload, key: key, sequence: sequence, lane: inbox.authority,
            priority: priority)
    }

    var key: String { "\(activity) \(inbox)" }

    var payload: JSON {
        isForFollowers
            ? ["activity": .string(String(activity)), "inbox": .string(inbox.string), "as": "follower"]
            : ["activity": .string(String(activity)), "inbox": .string(inbox.string)]
    }
}

extension DeliveryOrder {
    init?(_ payload: JSON) {
        guard let activity = payload["activity"]?.string.flatMap({ Int64($0) }),
            let inbox = payload["inbox"]?.string.flatMap({ URI($0) })
        else { return nil }
        self.init(activity: activity, inbox: inbox, isForFollowers: payload["as"]?.string == "follower")
    }
}
