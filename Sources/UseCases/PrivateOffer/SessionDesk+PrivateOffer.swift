package import Foundation
package import Mentoring
package import PostgreSQL
package import Social
import Store
package import Wire

/// A link that leads to nothing that can be taken.
package enum PrivateOfferRefusal: Error, Hashable, Sendable {
    /// There is none, or none for who asks.
    case notFound
    case ended(PrivateOffer.State)
}

extension SessionDesk {
    /// Takes one of the times that a mentor of ours has offered: past hours, notice, caps and audience, never past what
    /// is taken. The mentor has accepted in advance, so the session is agreed at once.
    ///
    /// - Parameter request: start, zone, topic, message and place; the rest is the offer's.
    /// - Throws: `PrivateOfferRefusal`; `InvalidFields`; `TimeNotFree` with the other times that are left.
    package func take(
        _ token: String, _ request: SessionRequest, by mentee: Actor, now: Date, in transaction: Transaction
    ) async throws -> Session {
        guard let hash = Secret.hash(token), let offer = try await transaction.lockPrivateOffer(token: hash),
            offer.isFor(mentee.id), let mentor = try await transaction.actor(id: offer.mentor), mentor.goneAt == nil,
            try await transaction.blocked(by: mentor.id, among: [mentee.id]).isEmpty
        else { throw PrivateOfferRefusal.notFound }
        guard offer.state(at: now) == .open else { throw PrivateOfferRefusal.ended(offer.state(at: now)) }
        let start = DateTime.cutToMilliseconds(request.start)
        guard offer.terms.starts.contains(start) else {
            let times = offer.terms.starts.map(DateTime.format).joined(separator: ", ")
            throw InvalidFields([FieldError(field: "start", message: "Choose one of the offered times: \(times).")])
        }
        var request = request
        (request.type, request.minutes, request.rate) = (offer.terms.kind.name, offer.terms.minutes, nil)
        let checked = try request.checked(
            by: mentee.id, of: offer.mentorTerms, catalogue: try await transaction.catalogue(), now: now)
        try await transaction.lockCalendar(of: mentor.id)
        let free = try await transaction.freeStarts(of: offer, now: now)
        guard free.contains(start) else { throw TimeNotFree(.taken(.session), nearest: free) }
        let id = UUID()
        let (session, event) = checked.session(
            id: id, uri: community.addresses.session(id), invite: community.addresses.activity(UUID()),
            custody: .here, now: now)
        guard try await transaction.insert(session) else { throw StoreError.nothingReturned }
        return try await agree(to: session, event, by: offer, now: now, in: transaction)
    }

    /// An offer of ours that a request from elsewhere says to take.
    enum Claim: Sendable {
        case open(PrivateOffer)
        case dead
    }

    /// nil for a request that names none. Whoever cannot have it learns nothing of it.
    func claim(
        of request: RemoteRequest, to mentor: Actor, in transaction: Transaction
    ) async throws -> Claim? {
        guard let link = request.offer, case .offer(let token) = community.addresses.place(of: link) else { return nil }
        guard let hash = Secret.hash(token), let offer = try await transaction.lockPrivateOffer(token: hash),
            offer.mentor == mentor.id
        else { return .dead }
        return .open(offer)
    }

    /// Lets a request from elsewhere have what it claims, or turns it away at once.
    func settle(
        _ claim: Claim, _ request: RemoteRequest, _ session: Session, _ event: SessionEvent, now: Date,
        in transaction: Transaction
    ) async throws -> Reception {
        guard case .open(let offer) = claim else {
            return try await turnAway(session, event, Reason(.expired), now: now, in: transaction)
        }
        try await transaction.lockCalendar(of: session.mentor)
        let free = try await transaction.freeStarts(of: offer, now: now)
        if let refusal = offer.refusal(of: request, from: session.mentee, free: free, now: now) {
            return try await turnAway(session, event, refusal, now: now, in: transaction)
        }
        guard try await transaction.insert(session) else { return .dropped(.foreignEvent) }
        _ = try await agree(to: session, event, by: offer, now: now, in: transaction)
        return .taken
    }

    /// What the mentor accepted in advance becomes a session, and the offer is used up.
    private func agree(
        to session: Session, _ request: SessionEvent, by offer: PrivateOffer, now: Date, in transaction: Transaction
    ) async throws -> Session {
        let place = Place.agreed(
            said: nil, asked: session.place, usual: try await transaction.usualPlaces(of: session.mentor),
            room: community.meetingLink(room: UUID()))
        let activity = community.addresses.activity(UUID())
        let decision = SessionRules.decide(
            SessionCommand(.accept(place: place, note: nil), by: .mentor, published: now, activity: activity),
            on: session, now: now, mentorIsFree: true)
        guard decision.event != nil else { throw TimeNotFree(.taken(.session)) }
        try await follow(decision.session, request, replies: [], cause: session.invite, in: transaction)
        try await carryOut(decision, before: session, cause: activity, now: now, in: transaction)
        try await transaction.usePrivateOffer(offer.id, for: session.id, at: now)
        try await transaction.setFollows(asOffer: offer.id, of: session.id)
        return decision.session
    }
}
