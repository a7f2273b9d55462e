import Foundation
import JSONTree
import Mentoring
package import PostgreSQL
import Social
import Store
package import UseCases
package import WebServer
import Wire

/// `/api/mentoring/application`: asking to be a mentor, and `/api/mentoring/applications` for those who answer.
package struct ApplicationRoutes: Sendable {
    private let database: Pool
    private let desk: MentorApplications

    package init(database: Pool, desk: MentorApplications) {
        self.database = database
        self.desk = desk
    }

    package var routes: [Route] {
        let all = "/api/mentoring/applications"
        return [
            Route(.get, "/api/mentoring/application", access: .token(.read)) { try await own($0) },
            Route(.post, "/api/mentoring/application", access: .token(.write)) { try await apply($0) },
            Route(.get, all, access: .token(.read)) { try await list($0) },
            Route(.post, "\(all)/{id}/approve", access: .token(.write)) { try await decide($0, .approved) },
            Route(.post, "\(all)/{id}/refuse", access: .token(.write)) { exchange in
                let reason = try exchange.read { $0.optional("reason", .text(length: 0...5000)) }
                return try await decide(exchange, .refused(reason: reason ?? ""))
            },
        ]
    }

    private func own(_ exchange: Exchange) async throws -> Answer {
        let actor = try exchange.requireAccount().actor
        let latest = try await database.latestApplication(of: actor.id)
        let isAdmitted = try await desk.isAdmitted(actor.id, in: database)
        return Answer.json([
            "needed": .bool(!isAdmitted && latest?.state != .approved),
            "application": latest.map { Self.json($0, [actor.id: actor]) } ?? .null,
        ]).privately
    }

    private func apply(_ exchange: Exchange) async throws -> Answer {
        let account = try exchange.requireAccount()
        let text = try exchange.read { $0.required("text", .text(length: 0...20_000)) }
        let outcome = try await database.transaction { transaction in
            try await desk.apply(text, by: account, in: transaction)
        }
        switch outcome {
        case .made(let application):
            return Answer.json(Self.json(application, [account.actor.id: account.actor]), status: 201).privately
        case .conflict(let conflict):
            throw Problem.conflict(conflict.sentence, details: [("conflict", .string(conflict.rawValue))])
        }
    }

    private func list(_ exchange: Exchange) async throws -> Answer {
        let limit = try exchange.limit()
        let found = try await desk.list(
            in: try exchange.choice("state", of: MentorApplication.State.allCases),
            before: try exchange.cursor("before"), limit: limit, for: try exchange.requireAccount(), in: database)
        let people = try await database.actors(ids: Set(found.flatMap { [$0.applicant, $0.decision?.by].compactMap(\.self) }))
        let next = found.count == limit ? found.last.map { JSON.string(String($0.id)) } : nil
        return Answer.json([
            "applications": .array(found.map { Self.json($0, people) }), "next": next ?? .null,
        ]).privately
    }

    private func decide(_ exchange: Exchange, _ verdict: MentorApplications.Verdict) async throws -> Answer {
        let decider = try exchange.requireAccount()
        guard let id = Int64(exchange.parameter("id")) else { throw Problem.notFound }
        let answer = try await database.transaction { transaction in
            try await desk.decide(id, verdict, by: decider, now: Date(), in: transaction)
        }
        switch answer {
        case nil: throw Problem.notFound
        case .given(let application):
            let people = try await database.actors(ids: [application.applicant, decider.actor.id])
            return Answer.json(Self.json(application, people)).privately
        case .decidedBefore(let application):
            throw Problem.conflict(
                "The application is \(application.state.rawValue) already.",
                details: [("conflict", "decided"), ("state", .string(application.state.rawValue))])
        }
    }

    private static func json(_ application: MentorApplication, _ people: [ActorID: Actor]) -> JSON {
        [
            "id": .string(String(application.id)),
            "person": people[application.applicant].map(PersonEntity.json) ?? .null,
            "text": .string(application.text), "at": .string(DateTime.format(application.appliedAt)),
            "state": .string(application.state.rawValue),
            "reason": application.decision?.refusal.map { .string($0) } ?? .null,
            "decided_at": application.decision.map { .string(DateTime.format($0.at)) } ?? .null,
            "decided_by": application.decision?.by.flatMap { people[$0] }.map(PersonEntity.json) ?? .null,
        ]
    }
}

extension ApplicationConflict {
    fileprivate var sentence: String {
        switch self {
        case .notNeeded: "You may be a mentor as it is: publish your profile."
        case .waiting: "Your application waits for an answer already."
        case .unchanged: "This is what was refused before. Write another text."
        }
    }
}
