package import Foundation

/// What is known of a mentor who may suit somebody.
package struct MatchFacts: Sendable {
    package enum Times: Sendable {
        /// A mentor elsewhere of whom no times are remembered.
        case unknown
        /// A mentor of ours who has set no hours and can be asked for any time.
        case any
        /// Starts of the days ahead, ascending.
        case free([Date])
    }

    package let profile: MentorProfile
    /// Terms, by their place, that the mentor names as expertise or as a goal.
    package let known: Set<Int>
    /// Terms that stand anywhere in the profile.
    package let told: Set<Int>
    package let responsiveness: Responsiveness?
    /// How many mentees the mentor has at present, as far as this community knows.
    package let mentees: Int
    /// How many requests wait for the mentor's answer.
    package let waiting: Int

    package init(
        profile: MentorProfile, known: Set<Int> = [], told: Set<Int> = [], responsiveness: Responsiveness? = nil,
        mentees: Int = 0, waiting: Int = 0
    ) {
        self.profile = profile
        self.known = known
        self.told = told
        self.responsiveness = responsiveness
        self.mentees = mentees
        self.waiting = waiting
    }
}

/// The session of a mentor that would be asked for: of what fits the budget, what stands first in the profile.
package struct MatchSession: Hashable, Sendable {
    package let offer: MentorOffer
    package let minutes: Int
    let fit: Budget.Fit

    /// - Parameter type: the only one that will do; nil is any.
    package static func choice(
        from profile: MentorProfile, type: String? = nil, budget: Budget, catalogue: Catalogue
    ) -> Choice {
        let lengths = profile.offers.shortestLengths(in: catalogue)
        let sessions = profile.offers.compactMap { offer in
            type.map { $0 == offer.type } ?? true
                ? lengths[offer.type].map { minutes in
                    MatchSession(offer: offer, minutes: minutes, fit: budget.fit(offer.rate, minutes: minutes))
                } : nil
        }
        if let best = sessions.first(where: { $0.fit == .free || $0.fit == .within }) { return .session(best) }
        if let other = sessions.first(where: { $0.fit == .incomparable }) { return .session(other) }
        return sessions.isEmpty && type == nil ? .unknown : .none
    }

    package enum Choice: Hashable, Sendable {
        case session(MatchSession)
        /// The profile names no session that this community knows.
        case unknown
        /// Nothing that will do.
        case none

        package var session: MatchSession? {
            if case .session(let session) = self { return session }
            return nil
        }
    }
}
