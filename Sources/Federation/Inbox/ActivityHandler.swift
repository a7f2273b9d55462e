package import ActivityStreams
package import Foundation
package import PostgreSQL
package import Social
import Wire

/// What an incoming activity looks like to the table of handlers.
package struct ActivityPattern: Hashable, Sendable, CustomStringConvertible {
    package let activity: String
    /// The type of the embedded object; nil when the object is only named.
    package let object: String?

    package init(_ activity: String, _ object: String?) {
        self.activity = activity
        self.object = object
    }

    package var description: String { "\(activity){\(object ?? "id")}" }
}

/// Applies the activities of some patterns. Sender and envelope are verified before it is called.
package protocol ActivityHandler: Sendable {
    var patterns: [ActivityPattern] { get }

    /// Whether an activity whose id took effect before is handed over once more. Only for rules that are the same
    /// however often they hear a thing, and for whom a repetition means that our reply was lost.
    var hearsRepetitions: Bool { get }

    /// Runs inside the transaction that also remembers the activity's id. Nothing is fetched in here.
    ///
    /// - Returns: nil when the activity is about nothing that this handler looks after, so that the next one is asked:
    ///   `Accept` of a bare id may mean a follow or a session.
    func apply(_ activity: ReceivedActivity, from sender: Actor, in transaction: Transaction) async throws
        -> Disposition?
}

extension ActivityHandler {
    package var hearsRepetitions: Bool { false }
}

/// What became of an activity of a verified sender. All of these but the last are answered with 202: a refusal is not
/// an error of the transport, and a peer that gets an error drops the activity or sends it for days.
package enum Disposition: Equatable, Sendable {
    case applied
    /// Nothing to do: seen before, not for us, or of a kind that we do not serve.
    case ignored(Reason)
    /// Against the rules of who may do what and when.
    case refused(Reason)
    /// Too much of its kind for now: 429 with the seconds to wait, and nothing is kept.
    case later(TimeInterval)

    package enum Reason: String, CaseIterable, Sendable {
        case duplicate, unknownType, unknownObject, malformed, notForUs, notOwner, withdrawn, againstRules
    }

    /// For logs and counts.
    package var label: String {
        switch self {
        case .applied: "applied"
        case .ignored(let reason): "ignored:\(reason.rawValue)"
        case .refused(let reason): "refused:\(reason.rawValue)"
        case .later: "later"
        }
    }
}

/// Finds the handlers for an activity: those that declare its pattern, in the order in which they are given.
package struct HandlerTable: Sendable {
    private let handlers: [ActivityPattern: [any ActivityHandler]]

    package init(_ handlers: [any ActivityHandler]) {
        var table: [ActivityPattern: [any ActivityHandler]] = [:]
        for handler in handlers {
            for pattern in Set(handler.patterns) { table[pattern, default: []].append(handler) }
        }
        self.handlers = table
    }

    package var patterns: Set<ActivityPattern> { Set(handlers.keys) }

    package func handlers(for activity: ReceivedActivity) -> [any ActivityHandler] {
        handlers[ActivityPattern(activity.type, activity.objectType)] ?? []
    }
}
