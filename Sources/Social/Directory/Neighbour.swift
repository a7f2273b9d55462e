package import Foundation
package import Wire

/// Another community whose mentors are to be found here, because the operator wants it and it agrees.
package struct Neighbour: Hashable, Sendable {
    /// The community's own actor.
    package let id: ActorID
    /// Host and port as they stand in addresses.
    package let host: String
    /// Of its directory; at the actor's origin.
    package let address: URI
    /// The change up to which the directory is known here; nil where none is counted, or nothing was read yet.
    package let revision: Int?
    /// How often something was heard by which what is known may be wrong.
    package let doubts: Int
    /// The doubts that a reading has settled.
    package let settled: Int
    /// When the directory was last read to its end.
    package let readAt: Date?
    /// Whether it lets this community follow it.
    package let isAccepted: Bool

    package init(
        id: ActorID, host: String, address: URI, revision: Int?, doubts: Int, settled: Int, readAt: Date?,
        isAccepted: Bool
    ) {
        self.id = id
        self.host = host
        self.address = address
        self.revision = revision
        self.doubts = doubts
        self.settled = settled
        self.readAt = readAt
        self.isAccepted = isAccepted
    }

    /// A directory is read again after this time, though nothing was heard of a change.
    package static let freshness: TimeInterval = 6 * 3600

    /// Whether the directory is to be read as a whole.
    package func isDue(at now: Date) -> Bool {
        guard isAccepted else { return false }
        guard let readAt else { return true }
        return now.timeIntervalSince(readAt) >= Self.freshness || doubts > settled
    }
}
