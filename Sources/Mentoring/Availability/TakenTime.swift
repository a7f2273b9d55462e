package import Foundation

/// A time at which something else has the mentor.
package struct TakenTime: Hashable, Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        /// A session that was agreed, also one that is over.
        case session
        /// The same with the mentor as its mentee: nobody is in two places.
        case ownSession = "own_session"
        /// A request that keeps its time until it is answered.
        case request
        /// A time that somebody has picked and is still writing about.
        case hold
        /// What a calendar of the mentor's elsewhere says.
        case calendar

        /// Whether it counts towards caps.
        var isCounted: Bool { self == .session || self == .request || self == .hold }
    }

    package let start: Date
    package let end: Date
    package let kind: Kind
    /// Name of the session type, where it is a session of one.
    package let type: String?

    package init(start: Date, end: Date, kind: Kind, type: String? = nil) {
        self.start = start
        self.end = end
        self.kind = kind
        self.type = type
    }
}
