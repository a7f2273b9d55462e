package import Federation
import Foundation
import JSONTree
import Mentoring
package import PostgreSQL
package import Social
import Store
package import UseCases
package import WebServer
import Wire

/// `/api/mentoring/sessions`: asking, answering, changing, and reading what became of it.
package struct SessionRoutes: Sendable {
    let database: Pool
    private let community: Community
    let desk: SessionDesk
    private let find: FindActor
    private let findSoftware: FindSoftware
    private let availabilities: Availabilities

    package init(
        database: Pool, community: Community, desk: SessionDesk, find: FindActor, findSoftware: FindSoftware
    ) {
        self.database = database
        self.community = community
        self.desk = desk
        self.find = find
        self.findSoftware = findSoftware
        availabilities = Availabilities(database: database)
    }

    package var routes: [Route] {
        let sessions = "/api/mentoring/sessions"
        return [
            Route(.get, sessions, access: .token(.read)) { try await list($0) },
            Route(.post, sessions, access: .token(.write)) { try await create($0) },
            Route(.get, "\(sessions)/asks", access: .token(.read)) { exchange in
                let mentee = try exchange.requireAccount().actor.id
                return Answer.json(try await desk.openAsks(of: mentee, in: database).json).privately
            },
            Route(.get, "\(sessions)/{id}", access: .token(.read)) { exchange in
                .json(try await entity(try exchange.id(), try exchange.requireAccount().actor.id)).privately
            },
            Route(.patch, "\(sessions)/{id}", access: .token(.write)) { try await change($0) },
            Route(.post, "\(sessions)/{id}/respond", access: .token(.write)) { try await respond($0) },
        ] + outcomes
    }

    private func list(_ exchange: Exchange) async throws -> Answer {
        let reader = try exchange.requireAccount().actor.id
        let filter = SessionFilter(
            role: try exchange.choice("role", of: [Role.mentee, .mentor]),
            status: try exchange.choice("status", of: SessionStatus.allCases), before: try exchange.cursor("before"),
            limit: try exchange.limit())
        let found = try await database.sessions(of: reader, filter)
        let people = try await database.actors(
            ids: Set(found.flatMap { [$0.session.mentee, $0.session.mentor] }))
        let ids = found.map(\.session.id)
        let (meetings, places) = (try await database.meetings(of: ids), try await database.seriesPlaces(of: ids))
        let next = found.count == filter.limit ? found.last.map { JSON.string(String($0.number)) } : nil
        return Answer.json([
            "sessions": .array(
                found.map { one in
                    SessionEntity(
                        session: one.session, reader: reader, people: people, notice: desk.policy.notice,
                        meeting: meetings[one.session.id], place: places[one.session.id]
                    ).json
                }),
            "next": next ?? .null,
        ]).privately
    }

    private func create(_ exchange: Exchange) async throws -> Answer {
        let account = try exchange.requireAccount()
        if let taking = try OfferTakingBody(exchange, in: community) { return try await take(taking, account) }
        let (mentorName, offer, draft) = try exchange.read { fields in
            (
                fields.required("mentor", .text(length: 1...URI.maximumLength)),
                fields.optional("offer", .text(length: 1...URI.maximumLength)),
                SessionRequest(
                    type: fields.required("type", .text(length: 1...100)),
                    topic: fields.required("topic", .text(length: 0...2000)),
                    message: fields.optional("message", .text(length: 0...20_000)) ?? "",
                    start: fields.required("start", .time),
                    minutes: fields.required("minutes", .integer(in: 1...Slot.longest)),
                    zone: fields.required("zone", .text(length: 1...100)),
                    place: fields.optional("place", .place) ?? PlaceDraft(medium: Place.Medium.online.rawValue),
                    rate: fields.optional("rate", .rate), answers: fields.optional("answers", .answers) ?? [])
            )
        }
        let mentor = try await find(mentorName, field: "mentor")
        // Decides in which form they can be asked.
        try await findSoftware(of: mentor)
        var request = draft
        if let offer { request.offer = try Self.link(offer, of: mentor) }
        let now = DateTime.cutToMilliseconds(Date())
        let session = try await booking {
            try await database.transaction { [request] transaction in
                try await desk.request(request, by: account.actor, of: mentor, now: now, in: transaction)
            }
        }
        return try await created(session, account)
    }

    private func take(_ taking: OfferTakingBody, _ account: Account) async throws -> Answer {
        let now = DateTime.cutToMilliseconds(Date())
        do {
            let session = try await booking {
                try await database.transaction { transaction in
                    try await desk.take(
                        taking.token, taking.request, by: account.actor, now: now, in: transaction)
                }
            }
            return try await created(session, account)
        } catch let refusal as PrivateOfferRefusal {
            throw Problem(refusal)
        }
    }

    /// The link of an offer elsewhere, which is the mentor's own only at the origin of the mentor.
    private static func link(_ text: String, of mentor: Actor) throws -> URI {
        guard let link = URI(text), !mentor.isLocal, link.isSameOrigin(as: mentor.uri) else {
            throw FieldError(field: "offer", message: "Give the link by which this mentor has offered it.")
        }
        return link
    }

    func created(_ session: Session, _ account: Account) async throws -> Answer {
        var asked = try await entity(session.id, account.actor.id).object ?? JSON.Object()
        asked["asks"] = try await desk.openAsks(of: account.actor.id, in: database).json
        return Answer.json(.object(asked), status: 201)
            .with("location", "/api/mentoring/sessions/\(session.id.uuidString.lowercased())").privately
    }

    private func change(_ exchange: Exchange) async throws -> Answer {
        let account = try exchange.requireAccount()
        let change = try SessionChangeBody(exchange)
        return try await act(exchange, by: account) { session, transaction in
            if let notes = change.notes {
                try await transaction.setNote(notes, on: session.id, by: account.actor.id)
            }
            return try change.action(on: session, by: account.actor.id)
        }
    }

    private func respond(_ exchange: Exchange) async throws -> Answer {
        let account = try exchange.requireAccount()
        let response = try SessionResponseBody(exchange)
        let peers = try await suggested(response.suggested, by: account.actor.id)
        return try await act(exchange, by: account) { session, transaction in
            if let mentee = peers.first(where: { $0.id == session.mentee }) {
                throw FieldError(field: "suggest", message: "\(mentee.handle) is who asks.")
            }
            return try response.action(
                on: session, by: account.actor.id, peers: peers,
                usual: try await transaction.usualPlaces(of: account.actor.id),
                meetingLink: community.meetingLink(room: UUID()))
        }
    }

    /// Others whom a mentor suggests to ask in their place.
    private func suggested(_ names: [String], by mentor: ActorID) async throws -> [Actor] {
        var found: [Actor] = []
        for (index, name) in names.enumerated() {
            let actor = try await find(name, field: "suggest[\(index)]")
            guard actor.id != mentor else {
                throw FieldError(field: "suggest[\(index)]", message: "Suggest others.")
            }
            if !found.contains(where: { $0.id == actor.id }) { found.append(actor) }
        }
        return found
    }

    /// Loads the session for one of its parties, has the action decided and answers with what stands then.
    func act(
        _ exchange: Exchange, by account: Account,
        choose: @Sendable (Session, Transaction) async throws -> SessionAction?
    ) async throws -> Answer {
        let id = try exchange.id()
        let now = DateTime.cutToMilliseconds(Date())
        do {
            try await booking {
                try await database.transaction { transaction in
                    guard let session = try await transaction.lockSession(id, for: account.actor.id) else {
                        throw Problem.notFound
                    }
                    guard let action = try await choose(session, transaction) else { return }
                    let decision = try await desk.perform(
                        SessionDesk.Command(action), on: .id(id), by: account.actor.id, now: now, in: transaction)
                    if case .refused(let refusal, let present, _) = decision {
                        throw Refused(refusal: refusal, session: present)
                    }
                }
            }
        } catch let refused as Refused {
            let isTaken = refused.refusal.isAboutTheTime
            let nearest = isTaken ? try await availabilities.nearest(to: refused.session, now: now) : nil
            throw Problem(refused.refusal, of: refused.session, nearest: nearest)
        }
        return Answer.json(try await entity(id, account.actor.id)).privately
    }

    private func entity(_ id: UUID, _ reader: ActorID) async throws -> JSON {
        guard let session = try await database.session(id, for: reader) else { throw Problem.notFound }
        let people = try await database.actors(ids: [session.mentee, session.mentor])
        return SessionEntity(
            session: session, reader: reader, people: people, notice: desk.policy.notice,
            meeting: try await database.meetings(of: [id])[id], follows: try await database.followed(by: id)?.id,
            place: try await database.seriesPlaces(of: [id])[id]
        ).json(
            note: try await database.note(on: id, by: reader), history: try await database.events(of: id),
            answers: try await database.answers(of: id))
    }
}

extension Refusal {
    fileprivate var isAboutTheTime: Bool {
        switch self {
        case .slotTaken, .tooNear: true
        default: false
        }
    }
}

/// Ends a transaction in which the rules let nothing happen.
private struct Refused: Error {
    let refusal: Refusal
    let session: Session
}
