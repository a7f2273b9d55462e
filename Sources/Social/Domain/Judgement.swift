/// What the community's rules say about a host.
package enum Judgement: Hashable, Sendable {
    case open
    /// Its people can be followed, written to and answered from here, but what they do unasked reaches nobody: their
    /// follows wait for a person's yes, and of their posts only those are shown, listed or notified of whose author is
    /// followed here, or that answer in a thread in which a person here took part.
    case limited
    /// Nothing comes in or goes out.
    case refused(Refusal)

    package enum Refusal: String, CaseIterable, Sendable {
        case blocked
        /// Only listed domains are let in, and this one is not among them.
        case notListed = "not-listed"
        /// This community federates with nobody.
        case closed
    }

    package var refusal: Refusal? {
        if case .refused(let reason) = self { reason } else { nil }
    }

    /// Whether a follow waits for the followed person, though that person lets everybody in.
    package var asksBeforeFollowing: Bool { self != .open }
}
