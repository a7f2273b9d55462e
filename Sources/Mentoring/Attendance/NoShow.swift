package import Foundation
package import Wire

/// That one of the two is said not to have come to a session, and what became of it.
package struct NoShow: Hashable, Sendable {
    package enum State: String, CaseIterable, Sendable {
        /// Said by the other, and not answered. It counts once the person has been silent for long.
        case claimed
        /// The person says so, too.
        case admitted
        /// The person says that they came: counts only if a moderator says so.
        case disputed
        case upheld, dismissed
    }

    package let session: UUID
    /// Who is said to have been missing.
    package let role: Role
    package let person: ActorID
    package let claimedAt: Date
    package let state: State
    /// What they say to it, where they wrote something.
    package let objection: String?
    /// From when on it counts; nil where it does not.
    package let standsFrom: Date?
    package let decidedAt: Date?

    package init(
        session: UUID, role: Role, person: ActorID, claimedAt: Date, state: State, objection: String? = nil,
        standsFrom: Date?, decidedAt: Date? = nil
    ) {
        self.session = session
        self.role = role
        self.person = person
        self.claimedAt = claimedAt
        self.state = state
        self.objection = objection
        self.standsFrom = standsFrom
        self.decidedAt = decidedAt
    }

    package func counts(at now: Date) -> Bool { standsFrom.map { $0 <= now } ?? false }
}

extension Session {
    /// Who is said to have been missing, as the two of them have told it so far. Each can object to
    /// what the other told, or tell it otherwise.
    package var noShows: [NoShow] {
        switch status {
        case .scheduled, .completed, .noShow:
            [
                noShow(of: .mentee, mentee, own: menteeReport, other: mentorReport, objection: menteeDispute),
                noShow(of: .mentor, mentor, own: mentorReport, other: menteeReport, objection: mentorDispute),
            ].compactMap(\.self)
        case .pending, .declined, .cancelled, .expired: []
        }
    }

    private func noShow(
        of role: Role, _ person: ActorID, own: OutcomeReport?, other: OutcomeReport?, objection: Dispute?
    ) -> NoShow? {
        if let own, !own.outcome.attended(role) {
            return NoShow(
                session: id, role: role, person: person, claimedAt: own.at, state: .admitted, standsFrom: own.at)
        }
        guard let other, !other.outcome.attended(role) else { return nil }
        let isDisputed = own != nil || objection != nil
        return NoShow(
            session: id, role: role, person: person, claimedAt: other.at, state: isDisputed ? .disputed : .claimed,
            objection: objection?.reason.text,
            standsFrom: isDisputed ? nil : other.at.addingTimeInterval(SessionTimes.outcomeSilence))
    }
}

extension Outcome {
    fileprivate func attended(_ role: Role) -> Bool { role == .mentor ? mentorAttended : menteeAttended }
}
