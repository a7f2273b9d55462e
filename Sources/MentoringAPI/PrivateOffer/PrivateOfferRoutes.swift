package import Federation
import Foundation
import JSONTree
import Mentoring
package import PostgreSQL
import Social
import Store
package import UseCases
package import WebServer
import Wire

/// `/api/mentoring/offers`: times that a mentor offers to one person, once.
package struct PrivateOfferRoutes: Sendable {
    private let database: Pool
    private let offers: PrivateOffers
    private let find: FindActor

    package init(database: Pool, offers: PrivateOffers, find: FindActor) {
        self.database = database
        self.offers = offers
        self.find = find
    }

    package var routes: [Route] {
        let all = "/api/mentoring/offers"
        return [
            Route(.get, all, access: .token(.read)) { try await list($0) },
            // Each may write to somebody.
            Route(.post, all, access: .token(.write), pace: .rare) { try await make($0) },
            Route(.delete, "\(all)/{id}", access: .token(.write)) { try await revoke($0) },
            Route(.get, "\(all)/by-link/{token}", access: .token(.read)) { try await show($0) },
        ]
    }

    private func list(_ exchange: Exchange) async throws -> Answer {
        let mentor = try exchange.requireAccount().actor.id
        let now = Date()
        let limit = try exchange.limit()
        let state = try exchange.choice("state", of: [ListState.open, .past])
        let found = try await database.privateOffers(
            of: mentor, isOpen: state.map { $0 == .open }, before: try exchange.cursor("before"), limit: limit, now: now)
        var entities: [JSON] = []
        for offer in found { entities.append(try await entity(offer, now: now)) }
        let next = found.count == limit ? found.last.map { JSON.string(String($0.id)) } : nil
        return Answer.json(["offers": .array(entities), "next": next ?? .null]).privately
    }

    private func make(_ exchange: Exchange) async throws -> Answer {
        let account = try exchange.requireAccount()
        let (name, draft) = try exchange.read { fields in
            (
                fields.optional("for", .text(length: 1...URI.maximumLength)),
                PrivateOfferDraft(
                    type: fields.required("type", .text(length: 1...100)),
                    minutes: fields.required("minutes", .integer(in: 1...Slot.longest)),
                    starts: fields.required("times", .list(of: .time, count: PrivateOfferDraft.times)),
                    message: fields.optional("message", .text(length: 0...20_000)) ?? "",
                    expires: fields.optional("expires", .time))
            )
        }
        var reader: Actor?
        if let name { reader = try await find(name, field: "for") }
        let now = DateTime.cutToMilliseconds(Date())
        let (offer, link) = try await database.transaction { [reader] transaction in
            try await offers.make(draft, by: account.actor, for: reader, now: now, in: transaction)
        }
        return Answer.json(try await entity(offer, link: link, now: now), status: 201).privately
    }

    private func revoke(_ exchange: Exchange) async throws -> Answer {
        let mentor = try exchange.requireAccount().actor.id
        guard let id = Int64(exchange.parameter("id")) else { throw Problem.notFound }
        let now = DateTime.cutToMilliseconds(Date())
        let revoked = try await database.transaction { transaction in
            try await offers.revoke(id, by: mentor, now: now, in: transaction)
        }
        guard let revoked else { throw Problem.notFound }
        guard revoked.state(at: now) != .used else {
            throw Problem.conflict(
                "The offer was taken: cancel the session instead.",
                details: [
                    ("conflict", "used"),
                    ("session", revoked.session.map { .string($0.uuidString.lowercased()) } ?? .null),
                ])
        }
        return Answer.json(try await entity(revoked, now: now)).privately
    }

    private func show(_ exchange: Exchange) async throws -> Answer {
        let reader = try exchange.requireAccount().actor.id
        let now = Date()
        let token = exchange.parameter("token")
        guard let offer = try await offers.offer(behind: token, for: reader, in: database) else { throw Problem.notFound }
        let state = offer.state(at: now)
        guard state == .open else { throw Problem(PrivateOfferRefusal.ended(state)) }
        return Answer.json(try await entity(offer, now: now)).privately
    }

    private func entity(_ offer: PrivateOffer, link: URI? = nil, now: Date) async throws -> JSON {
        let people = try await database.actors(ids: Set([offer.mentor, offer.reader].compactMap(\.self)))
        let free = offer.state(at: now) == .open ? try await database.freeStarts(of: offer, now: now) : []
        return PrivateOfferEntity(offer: offer, free: free, people: people, link: link, now: now).json
    }

    private enum ListState: String { case open, past }
}

extension Problem {
    init(_ refusal: PrivateOfferRefusal) {
        switch refusal {
        case .notFound: self = .notFound
        case .ended(.used): self.init(status: 410, message: "This offer has been taken.")
        case .ended(.revoked): self.init(status: 410, message: "The mentor has withdrawn this offer.")
        case .ended: self.init(status: 410, message: "This offer has ended.")
        }
    }
}
