package import Foundation
package import JSONTree

/// A piece of work to be written in the transaction that makes it necessary.
package struct NewJob: Sendable {
    package var kind: String
    package var payload: JSON
    /// At most one job of a kind has a given key: a second is dropped, or revives the first if that is dead.
    package var key: String?
    /// Jobs of one sequence run one after the other, in the order of writing.
    package var sequence: String?
    /// Jobs of one lane share a limit of work in flight; a lane that is a host waits while that host is closed.
    package var lane: String
    /// Lower goes first; 100 is ordinary.
    package var priority: Int
    /// nil means at once.
    package var dueAt: Date?

    package init(
        kind: String, payload: JSON, key: String? = nil, sequence: String? = nil, lane: String = "",
        priority: Int = 100, dueAt: Date? = nil
    ) {
        self.kind = kind
        self.payload = payload
        self.key = key
        self.sequence = sequence
        self.lane = lane
        self.priority = priority
        self.dueAt = dueAt
    }

    /// The lowest urgency of what somebody waits for: it has places in every lane that other work cannot take.
    package static let urgent = 10
}

/// A job that this process has leased.
package struct Job: Sendable {
    package let id: Int64
    package let kind: String
    package let payload: JSON
    package let lane: String
    package let priority: Int
    /// How often it was begun, this time included.
    package let attempts: Int
    package let createdAt: Date
    /// How often in a row the host of its lane had failed when this was leased.
    package let laneFailures: Int
    /// Whether it is the one that finds out how the host of its lane does, while all others wait.
    package let isProbe: Bool
    let sequence: String?
    /// How often a process ended while it did this.
    let deaths: Int
    let lease: UUID
}

/// What became of a job.
package enum JobOutcome: Equatable, Sendable {
    case done
    /// Try again later; the reason, and a note such as what the other side said, are kept where the operator can read
    /// them.
    case retry(after: Duration, reason: String, note: String? = nil)
    /// Never try again by itself; kept as a dead letter for 30 days.
    case dead(reason: String, note: String? = nil)
    /// Stopped early, by a shutdown or with more to do: due again at once, and the attempt is not counted.
    case released
}

/// Does the jobs of one kind. At least once: a job may be begun again after a crash.
package protocol JobHandler: Sendable {
    static var kind: String { get }

    /// Called with a lease of 90 seconds; must end well before, also when cancelled.
    func run(_ job: Job) async -> JobOutcome
}
