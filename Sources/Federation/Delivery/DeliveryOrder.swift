import Jobs
import JSONTree
import Wire

/// What a job of the kind `deliver` says: which activity goes to which inbox, and why.
struct DeliveryOrder: Equatable {
    var activity: Int64
    var inbox: URI
    /// Whose followers have the inbox, where it gets this for no other reason; then one must still be there when it is
    /// sent.
    var followersOf: ActorID?

    /// Activities of one `sequence` arrive in order.
    func job(sequence: String, priority: Int) -> NewJob {
        NewJob(
            kind: DeliverActivity.kind, payload: payload, key: key, sequence: sequence, lane: inbox.authority,
            priority: priority)
    }

    var key: String { "\(activity) \(inbox)" }

    var payload: JSON {
        guard let followersOf else {
            return ["activity": .string(String(activity)), "inbox": .string(inbox.string)]
        }
        return [
            "activity": .string(String(activity)), "inbox": .string(inbox.string), "as": "follower",
            "of": .string(String(followersOf.rawValue)),
        ]
    }
}

extension DeliveryOrder {
    init?(_ payload: JSON) {
        guard let activity = payload["activity"]?.string.flatMap({ Int64($0) }),
            let inbox = payload["inbox"]?.string.flatMap({ URI($0) })
        else { return nil }
        let followed = payload["as"]?.string == "follower" ? payload["of"]?.string.flatMap { Int64($0) } : nil
        self.init(activity: activity, inbox: inbox, followersOf: followed.map(ActorID.init(rawValue:)))
    }
}
