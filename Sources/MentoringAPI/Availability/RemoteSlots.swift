import Federation
import Foundation
import JSONTree
import Mentoring
import PostgreSQL
import Social
import Store
import WebServer
import Wire

/// The times of a mentor of another community, in the shape in which those of ours are told.
struct RemoteSlots {
    let database: Pool
    let times: RemoteTimes

    func answer(_ exchange: Exchange, of handle: Handle) async throws -> Answer {
        let asker = try exchange.requireAccount().actor.id
        let draft = try exchange.slotQuestion()
        let now = Date()
        do {
            let (mentor, profile) = try await times.mentor(handle)
            let catalogue = try await database.catalogue()
            // Their types count where ours have the same name, as in a request.
            let offers = profile?.offers.filter { catalogue[$0.type] != nil } ?? []
            let question = try draft.checked(offers: offers.isEmpty ? nil : offers, catalogue: catalogue, now: now)
            let isOpen = profile?.isAccepting ?? true
            let starts =
                isOpen
                ? try await times.starts(
                    of: mentor, audience: profile?.audience ?? .anyone, question, for: asker) : []
            return Answer.json([
                "mentor": PersonEntity.json(mentor), "type": .string(question.type), "minutes": .int(question.minutes),
                "zone": .string(question.zone.name), "accepting": .bool(isOpen), "known": .bool(starts != nil),
                "any_time": .bool(isOpen && starts == nil),
                "days": .array(question.days(of: starts ?? [], now: now).map(SlotRoutes.json)), "away": [],
            ]).privately
        } catch let failure as RemoteTimes.Failure {
            throw Problem(failure)
        }
    }
}

extension Problem {
    fileprivate init(_ failure: RemoteTimes.Failure) {
        switch failure {
        case .notFound:
            self.init(status: 404, message: "Nobody of that name was found whose community knows mentoring sessions.")
        case .refused: self.init(status: 403, message: "This community has nothing to do with their server.")
        case .unreachable:
            self.init(
                status: 504, message: "Their server does not answer at present. Try again later.",
                headers: [("retry-after", "60")])
        case .unusable: self.init(status: 502, message: "Their server answers with nothing that can be understood.")
        case .notGiven:
            self = .invalid([
                FieldError(field: "minutes", message: "Their community has no sessions of that type and length.")
            ])
        }
    }
}
