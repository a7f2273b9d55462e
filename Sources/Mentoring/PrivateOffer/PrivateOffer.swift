package import Foundation
package import Wire

/// Times that a mentor keeps ready for one person, who takes one of them without asking. Whoever has its link can take
/// it, or the one person whom it names; the first who does has used it up.
package struct PrivateOffer: Hashable, Sendable {
    package enum State: String, CaseIterable, Sendable {
        case open, used, revoked, expired
    }

    /// What is offered, fixed at that moment.
    package struct Terms: Hashable, Sendable {
        package let kind: SessionKind
        package let minutes: Int
        /// nil is free.
        package let rate: Rate?
        package let message: String
        /// 1 to 10, ascending.
        package let starts: [Date]
        /// Never after the last start.
        package let expiresAt: Date

        package init(
            kind: SessionKind, minutes: Int, rate: Rate?, message: String, starts: [Date], expiresAt: Date
        ) {
            self.kind = kind
            self.minutes = minutes
            self.rate = rate
            self.message = message
            self.starts = starts
            self.expiresAt = expiresAt
        }
    }

    package let id: Int64
    package let mentor: ActorID
    /// nil: whoever has the link.
    package let reader: ActorID?
    package let terms: Terms
    package let createdAt: Date
    package let revokedAt: Date?
    package let usedAt: Date?
    /// What came of it.
    package let session: UUID?

    package init(
        id: Int64, mentor: ActorID, reader: ActorID?, terms: Terms, createdAt: Date, revokedAt: Date? = nil,
        usedAt: Date? = nil, session: UUID? = nil
    ) {
        self.id = id
        self.mentor = mentor
        self.reader = reader
        self.terms = terms
        self.createdAt = createdAt
        self.revokedAt = revokedAt
        self.usedAt = usedAt
        self.session = session
    }

    package func state(at now: Date) -> State {
        if usedAt != nil { return .used }
        if revokedAt != nil { return .revoked }
        return now < terms.expiresAt ? .open : .expired
    }

    /// Whether it is theirs to take, as far as it is open.
    package func isFor(_ actor: ActorID) -> Bool { actor != mentor && (reader == nil || reader == actor) }

    /// What the mentor's terms are for who takes it: whatever is said of audience and pauses, this is meant.
    package var mentorTerms: MentorTerms {
        MentorTerms(
            mentor: mentor, acquaintance: .known, offers: [MentorOffer(type: terms.kind.name, rate: terms.rate)])
    }

    /// The starts that are to come and that nothing else takes. Only what the mentor is bound by counts: a calendar of
    /// theirs may well have a note of this very offer.
    package func free(besides taken: [TakenTime], now: Date) -> [Date] {
        terms.starts.filter { start in
            let end = start.addingTimeInterval(Double(terms.minutes) * 60)
            return start > now && !taken.contains { $0.kind != .calendar && $0.start < end && start < $0.end }
        }
    }

    /// Why a request from elsewhere does not get what it says to take; nil where it does.
    package func refusal(of request: RemoteRequest, from mentee: ActorID, free: [Date], now: Date) -> Reason? {
        guard isFor(mentee), state(at: now) == .open else { return Reason(.expired) }
        guard let slot = request.slot, slot.minutes == terms.minutes, terms.starts.contains(slot.start) else {
            return Reason(.scheduleConflict)
        }
        guard request.kind.name == terms.kind.name, request.rate == terms.rate else { return Reason(.policy) }
        return free.contains(slot.start) ? nil : Reason(.taken)
    }
}
