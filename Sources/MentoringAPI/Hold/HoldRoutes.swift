import Foundation
import JSONTree
import Mentoring
package import PostgreSQL
package import Social
import Store
package import UseCases
package import WebServer
import Wire

/// `/api/mentoring/mentors/{handle}/holds` and `/api/mentoring/holds`: times that are kept for minutes, for whoever
/// picked one and writes the request.
package struct HoldRoutes: Sendable {
    private let database: Pool
    private let community: Community
    private let desk: SessionDesk

    package init(database: Pool, community: Community, desk: SessionDesk) {
        self.database = database
        self.community = community
        self.desk = desk
    }

    package var routes: [Route] {
        [
            Route(.post, "/api/mentoring/mentors/{handle}/holds", access: .token(.write)) { try await hold($0) },
            Route(.delete, "/api/mentoring/holds/{id}", access: .token(.write)) { exchange in
                let holder = try exchange.requireAccount().actor.id
                let id = try exchange.id()
                guard try await database.release(hold: id, of: holder, now: Date()) else { throw Problem.notFound }
                return Answer(status: 204)
            },
        ]
    }

    private func hold(_ exchange: Exchange) async throws -> Answer {
        let account = try exchange.requireAccount()
        let request = try exchange.read { fields in
            HoldRequest(
                type: fields.required("type", .text(length: 1...100)), start: fields.required("start", .time),
                minutes: fields.required("minutes", .integer(in: 1...Slot.longest)))
        }
        let mentor = try await mentor(exchange.parameter("handle"), for: account.actor.id)
        let now = DateTime.cutToMilliseconds(Date())
        do {
            let held = try await booking {
                try await database.transaction { transaction in
                    try await desk.hold(request, by: account.actor, of: mentor, now: now, in: transaction)
                }
            }
            return Answer.json(held.json, status: 201).privately
        } catch is SessionDesk.TooManyHolds {
            throw Problem.conflict(
                "You keep \(HoldRequest.mostOfOnePerson) times of other mentors. Give one back first.",
                details: [("conflict", "too_many_holds")])
        }
    }

    /// A mentor of this community with a profile that the asker may see.
    private func mentor(_ name: String, for asker: ActorID) async throws -> Actor {
        let handle = Handle(name)
        if let handle, !community.isOwn(domain: handle.domain) {
            throw Problem(status: 404, message: "The times of mentors in other communities cannot be kept.")
        }
        guard let (mentor, _) = try await database.mentor(name, for: asker) else { throw Problem.notFound }
        return mentor
    }
}

extension HeldTime {
    fileprivate var json: JSON {
        [
            "id": .string(id.uuidString.lowercased()), "start": .string(DateTime.format(start)),
            "minutes": .int(minutes), "until": .string(DateTime.format(until)),
        ]
    }
}
