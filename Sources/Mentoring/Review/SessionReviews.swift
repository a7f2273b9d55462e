package import Foundation

/// The ratings of one session: who can still give theirs, and from when on both are seen.
///
/// Nobody rates with the other's rating before their eyes. What is given is seen once both have given theirs, or once
/// the time is over; and nothing is taken any more after something was seen. Between communities each side's server first
/// sends no more than a digest, and the rating itself once it has the other's digest or the time is over.
package struct SessionReviews: Sendable {
    private static let day = 86_400.0
    /// How long after a session it can be rated.
    package static let window = 14 * day
    /// What another community's person gave in time may still be under way when the window closes.
    package static let delivery = day / 24
    /// Until when what was given in time is taken from another server, so long as nothing was shown to it.
    package static let lateness = 7 * day

    /// When the session was known to have taken place; nil for one that did not.
    package let completedAt: Date?
    package let custody: Custody
    package let given: [Role: Review]

    package init(of session: Session, completedAt: Date?, given: [Review]) {
        self.completedAt = session.status == .completed ? completedAt : nil
        custody = session.custody
        self.given = Dictionary(given.map { ($0.by, $0) }) { first, _ in first }
    }

    /// Until when people can rate.
    package var closesAt: Date? { completedAt?.addingTimeInterval(Self.window) }

    /// When what was given is shown, whether the other side gave anything or not.
    package var opensAt: Date? {
        closesAt?.addingTimeInterval(custody == .here ? 0 : Self.delivery)
    }

    /// Why somebody of this community cannot rate now.
    package func refusal(by role: Role, at now: Date) -> ReviewRefusal? {
        guard let closesAt else { return .notCompleted }
        if given[role] != nil { return .alreadyRated }
        return now >= closesAt || isSeen(except: role) ? .tooLate : nil
    }

    /// Why the other community's word that its person has rated does not count.
    ///
    /// - Parameter published: when it says that this was.
    package func refusal(ofWordBy role: Role, published: Date, at now: Date) -> ReviewRefusal? {
        guard let closesAt else { return .notCompleted }
        if given[role] != nil { return .alreadyRated }
        let isInTime =
            published < closesAt.addingTimeInterval(SessionTimes.clockTolerance)
            && now < closesAt.addingTimeInterval(Self.lateness)
        return !isInTime || isSeen(except: role) ? .tooLate : nil
    }

    /// Whose ratings are to be shown now that were not.
    package func toReveal(at now: Date) -> [Role] {
        guard let opensAt else { return [] }
        let isOver = now >= opensAt
        return [Role.mentee, .mentor].filter { role in
            guard let review = given[role], review.rating != nil, review.revealedAt == nil else { return false }
            return isOver || given[role.other] != nil
        }
    }

    /// Whether both were given and shown, and both of their authors let everybody read them.
    package var arePublic: Bool {
        [Role.mentee, .mentor].allSatisfy { role in
            guard let review = given[role], review.revealedAt != nil else { return false }
            return review.rating?.isPublic ?? false
        }
    }

    private func isSeen(except role: Role) -> Bool { given[role.other]?.revealedAt != nil }
}

extension Role {
    /// Who sits on the other side of a session.
    package var other: Role {
        switch self {
        case .mentee: .mentor
        case .mentor: .mentee
        case .clock: .clock
        }
    }
}
