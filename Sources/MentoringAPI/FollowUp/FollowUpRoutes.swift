import Foundation
import JSONTree
import Mentoring
import PostgreSQL
import Social
import Store
package import UseCases
package import WebServer
import Wire

/// `POST /api/mentoring/sessions/{id}/follow-up`: the next session in one step. The mentee asks the same mentor for it;
/// the mentor offers the same mentee times for it.
package struct FollowUpRoutes: Sendable {
    private let sessions: SessionRoutes
    private let offers: PrivateOffers

    package init(sessions: SessionRoutes, offers: PrivateOffers) {
        self.sessions = sessions
        self.offers = offers
    }

    package var routes: [Route] {
        [
            // The mentor's may write to somebody.
            Route(
                .post, "/api/mentoring/sessions/{id}/follow-up", access: .token(.write), pace: .rare
            ) { try await follow($0) }
        ]
    }

    private func follow(_ exchange: Exchange) async throws -> Answer {
        let account = try exchange.requireAccount()
        let id = try exchange.id()
        let body = try FollowUpBody(exchange)
        let reader = account.actor.id
        let now = DateTime.cutToMilliseconds(Date())
        guard let session = try await sessions.database.session(id, for: reader) else { throw Problem.notFound }
        guard session.isFollowable(at: now) else {
            throw Problem.conflict(
                "The session has not taken place.",
                details: [("conflict", "not_over"), ("status", .string(session.status.rawValue))])
        }
        return session.role(of: reader) == .mentor
            ? try await offer(try body.draft(after: session), after: session, by: account, now: now)
            : try await ask(try body.request(after: session), after: session, by: account, now: now)
    }

    private func ask(
        _ request: SessionRequest, after session: Session, by account: Account, now: Date
    ) async throws -> Answer {
        let asked = try await booking {
            try await sessions.database.transaction { transaction in
                guard let mentor = try await transaction.actor(id: session.mentor) else { throw Problem.notFound }
                return try await sessions.desk.request(
                    request, by: account.actor, of: mentor, now: now, in: transaction)
            }
        }
        return try await sessions.created(asked, account)
    }

    private func offer(
        _ draft: PrivateOfferDraft, after session: Session, by account: Account, now: Date
    ) async throws -> Answer {
        let database = sessions.database
        let (offer, link) = try await database.transaction { transaction in
            let mentee = try await transaction.actor(id: session.mentee)
            let made = try await offers.make(draft, by: account.actor, for: mentee, now: now, in: transaction)
            try await transaction.setFollows(session.id, ofOffer: made.offer.id)
            return made
        }
        let people = try await database.actors(ids: [session.mentor, session.mentee])
        let free = try await database.freeStarts(of: offer, now: now)
        return Answer.json(
            PrivateOfferEntity(offer: offer, free: free, people: people, link: link, now: now).json, status: 201
        ).privately
    }
}

extension Session {
    /// Whether the two have met, or should have.
    fileprivate func isFollowable(at now: Date) -> Bool {
        switch status {
        case .completed, .noShow: true
        case .scheduled: slot.start <= now
        case .pending, .declined, .cancelled, .expired: false
        }
    }
}

/// What is said of the next session; all else is that of the one before.
private struct FollowUpBody {
    private let start: Date?
    private let times: [Date]?
    private let minutes: Int?
    private let type: String?
    private let topic: String?
    private let zone: String?
    private let message: String?
    private let expires: Date?
    private let answers: [IntakeAnswerDraft]?

    init(_ exchange: Exchange) throws {
        self = try exchange.read { fields in
            FollowUpBody(
                start: fields.optional("start", .time),
                times: fields.optional("times", .list(of: .time, count: PrivateOfferDraft.times)),
                minutes: fields.optional("minutes", .integer(in: 1...Slot.longest)),
                type: fields.optional("type", .text(length: 1...100)),
                topic: fields.optional("topic", .text(length: 0...2000)),
                zone: fields.optional("zone", .text(length: 1...100)),
                message: fields.optional("message", .text(length: 0...20_000)),
                expires: fields.optional("expires", .time), answers: fields.optional("answers", .answers))
        }
    }

    private init(
        start: Date?, times: [Date]?, minutes: Int?, type: String?, topic: String?, zone: String?, message: String?,
        expires: Date?, answers: [IntakeAnswerDraft]?
    ) {
        self.start = start
        self.times = times
        self.minutes = minutes
        self.type = type
        self.topic = topic
        self.zone = zone
        self.message = message
        self.expires = expires
        self.answers = answers
    }

    /// The mentee's.
    func request(after session: Session) throws -> SessionRequest {
        try refuse([("times", times != nil), ("expires", expires != nil)], "Only mentors offer times: give `start`.")
        guard let start else { throw FieldError(field: "start", message: "Say when.") }
        var request = SessionRequest(
            type: type ?? session.kind.name, topic: topic ?? session.topic, message: message ?? "", start: start,
            minutes: minutes ?? session.slot.minutes, zone: zone ?? session.slot.zone.name,
            place: PlaceDraft(medium: session.place.medium.rawValue, detail: session.place.detail),
            answers: answers ?? [])
        request.follows = session.id
        return request
    }

    /// The mentor's.
    func draft(after session: Session) throws -> PrivateOfferDraft {
        try refuse(
            [
                ("start", start != nil), ("topic", topic != nil), ("zone", zone != nil), ("answers", answers != nil),
            ], "The mentee says that: give `times` to choose from.")
        guard let times else { throw FieldError(field: "times", message: "Give 1 to 10 times.") }
        return PrivateOfferDraft(
            type: type ?? session.kind.name, minutes: minutes ?? session.slot.minutes, starts: times,
            message: message ?? "About: \(session.topic)", expires: expires)
    }

    private func refuse(_ given: [(name: String, isThere: Bool)], _ message: String) throws(InvalidFields) {
        let errors = given.filter(\.isThere).map { FieldError(field: $0.name, message: message) }
        guard errors.isEmpty else { throw InvalidFields(errors) }
    }
}
