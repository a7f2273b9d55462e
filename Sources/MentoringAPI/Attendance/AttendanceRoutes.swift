import Foundation
import JSONTree
import Mentoring
package import PostgreSQL
import Social
import Store
package import UseCases
package import WebServer
import Wire

/// `/api/mentoring/attendance`: where somebody stands who did not come to sessions; `/api/mentoring/no-shows` for those
/// who decide where that is disputed.
package struct AttendanceRoutes: Sendable {
    private let database: Pool
    private let desk: NoShowDesk

    package init(database: Pool, desk: NoShowDesk) {
        self.database = database
        self.desk = desk
    }

    package var routes: [Route] {
        let all = "/api/mentoring/no-shows"
        return [
            Route(.get, "/api/mentoring/attendance", access: .token(.read)) { try await own($0) },
            Route(.get, all, access: .token(.read)) { try await list($0) },
            Route(.post, "\(all)/{id}/decide", access: .token(.write)) { try await decide($0) },
        ]
    }

    private func own(_ exchange: Exchange) async throws -> Answer {
        let person = try exchange.requireAccount().actor.id
        return Answer.json([
            "as_mentee": try await standing(of: person, as: .mentee),
            "as_mentor": try await standing(of: person, as: .mentor),
            "ladder": desk.ladder.json,
        ]).privately
    }

    private func standing(of person: ActorID, as role: Role) async throws -> JSON {
        let now = Date()
        let attendance = try await desk.attendance(of: person, as: role, at: now, in: database)
        let said = try await database.noShows(of: person, as: role, limit: 40)
        return [
            "step": .string(attendance.step.rawValue), "count": .int(attendance.count),
            "until": attendance.until.map { .string(DateTime.format($0)) } ?? .null,
            "no_shows": .array(said.map { .object($0.json(at: now)) }),
        ]
    }

    private func list(_ exchange: Exchange) async throws -> Answer {
        let limit = try exchange.limit()
        let now = Date()
        let found = try await desk.list(
            in: try exchange.choice("state", of: NoShow.State.allCases), before: try exchange.cursor("before"),
            limit: limit, for: try exchange.requireAccount(), in: database)
        let people = try await database.actors(ids: Set(found.map(\.noShow.person)))
        let next = found.count == limit ? found.last.map { JSON.string(String($0.number)) } : nil
        return Answer.json([
            "no_shows": .array(found.map { Self.json($0.noShow, $0.number, people, at: now) }), "next": next ?? .null,
        ]).privately
    }

    private func decide(_ exchange: Exchange) async throws -> Answer {
        let moderator = try exchange.requireAccount()
        let counts = try exchange.read { $0.required("counts", .bool) }
        let number = Int64(exchange.parameter("id")) ?? 0
        let now = DateTime.cutToMilliseconds(Date())
        let answer = try await database.transaction { transaction in
            try await desk.decide(number, counts: counts, by: moderator, now: now, in: transaction)
        }
        switch answer {
        case nil: throw Problem.notFound
        case .given(let noShow):
            let people = try await database.actors(ids: [noShow.person])
            return Answer.json(Self.json(noShow, number, people, at: now)).privately
        case .nothingToDecide(let noShow):
            throw Problem.conflict(
                "Only what is disputed is decided: it is \(noShow.state.rawValue).",
                details: [("conflict", "not_disputed"), ("state", .string(noShow.state.rawValue))])
        }
    }

    private static func json(_ noShow: NoShow, _ number: Int64, _ people: [ActorID: Actor], at now: Date) -> JSON {
        var object = noShow.json(at: now)
        object["id"] = .string(String(number))
        object["person"] = people[noShow.person].map(PersonEntity.json) ?? .null
        object["role"] = .string(noShow.role.rawValue)
        return .object(object)
    }
}

extension NoShow {
    fileprivate func json(at now: Date) -> JSON.Object {
        [
            "session": .string(session.uuidString.lowercased()), "at": .string(DateTime.format(claimedAt)),
            "state": .string(state.rawValue), "objection": objection.map { .string($0) } ?? .null,
            "counts": .bool(counts(at: now)),
            "counts_from": standsFrom.map { .string(DateTime.format($0)) } ?? .null,
        ]
    }
}

extension NoShowLadder {
    fileprivate var json: JSON {
        [
            "warned": .int(warning), "limited": .int(limit), "paused": .int(pause), "memory_days": .int(memoryDays),
            "pause_days": .int(pauseDays),
        ]
    }
}
