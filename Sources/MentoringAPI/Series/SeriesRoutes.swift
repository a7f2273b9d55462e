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

/// `/api/mentoring/series`: sessions that are repeated, asked for, answered and changed as one.
package struct SeriesRoutes: Sendable {
    private let database: Pool
    private let community: Community
    private let desk: SessionDesk
    private let find: FindActor
    private let remote: RemoteTimes

    package init(database: Pool, community: Community, desk: SessionDesk, find: FindActor, remote: RemoteTimes) {
        self.database = database
        self.community = community
        self.desk = desk
        self.find = find
        self.remote = remote
    }

    package var routes: [Route] {
        let series = "/api/mentoring/series"
        return [
            Route(.post, series, access: .token(.write)) { try await create($0) },
            Route(.post, "\(series)/preview", access: .token(.write)) { try await preview($0) },
            Route(.get, "\(series)/{id}", access: .token(.read)) { exchange in
                let reader = try exchange.requireAccount().actor.id
                return Answer.json(.object(try await entity(try exchange.id(), reader))).privately
            },
            Route(.post, "\(series)/{id}/respond", access: .token(.write)) { exchange in
                let response = try SeriesResponseBody(exchange)
                let usual = try await database.usualPlaces(of: try exchange.requireAccount().actor.id)
                return try await act(exchange) {
                    try response.command(usual: usual, meetingLink: community.meetingLink(room: UUID()))
                }
            },
            Route(.patch, "\(series)/{id}", access: .token(.write)) { exchange in
                let change = try SeriesChangeBody(exchange)
                return try await act(exchange) { try change.command() }
            },
        ]
    }

    private func create(_ exchange: Exchange) async throws -> Answer {
        let account = try exchange.requireAccount()
        let (mentorName, request) = try exchange.read { fields in
            let mentor = fields.required("mentor", .text(length: 1...URI.maximumLength))
            let request = SessionRequest(
                type: fields.required("type", .text(length: 1...100)),
                topic: fields.required("topic", .text(length: 0...2000)),
                message: fields.optional("message", .text(length: 0...20_000)) ?? "",
                start: fields.required("start", .time),
                minutes: fields.required("minutes", .integer(in: 1...Slot.longest)),
                zone: fields.required("zone", .text(length: 1...100)),
                place: fields.optional("place", .place) ?? PlaceDraft(medium: Place.Medium.online.rawValue),
                rate: fields.optional("rate", .rate), answers: fields.optional("answers", .answers) ?? [])
            return (mentor, SeriesRequest(request, fields.required("repeat", .repetition)))
        }
        let mentor = try await find(mentorName, field: "mentor")
        let now = DateTime.cutToMilliseconds(Date())
        let series = try await telling {
            try await database.transaction { transaction in
                try await desk.request(request, by: account.actor, of: mentor, now: now, in: transaction)
            }
        }
        var asked = try await entity(series.id, account.actor.id)
        asked["asks"] = try await desk.openAsks(of: account.actor.id, in: database).json
        return Answer.json(.object(asked), status: 201)
            .with("location", "/api/mentoring/series/\(series.id.uuidString.lowercased())").privately
    }

    private func preview(_ exchange: Exchange) async throws -> Answer {
        let account = try exchange.requireAccount()
        let (mentorName, question) = try exchange.read { fields in
            let mentor = fields.required("mentor", .text(length: 1...URI.maximumLength))
            return (
                mentor,
                SeriesQuestion(
                    type: fields.required("type", .text(length: 1...100)), start: fields.required("start", .time),
                    minutes: fields.required("minutes", .integer(in: 1...Slot.longest)),
                    zone: fields.required("zone", .text(length: 1...100)),
                    series: fields.required("repeat", .repetition))
            )
        }
        let mentor = try await find(mentorName, field: "mentor")
        let now = DateTime.cutToMilliseconds(Date())
        let (type, plan) = try await database.transaction { transaction in
            try await desk.checked(question, by: account.actor, of: mentor, now: now, in: transaction)
        }
        let findings =
            mentor.isLocal
            ? try await desk.findings(
                for: plan, type: type, of: mentor.id, for: account.actor.id, now: now, in: database)
            : try await RemoteSeries(database: database, times: remote).findings(
                for: plan, type: type, of: mentor, for: account.actor.id, now: now)
        return Answer.json([
            "frequency": .string(plan.frequency.rawValue), "zone": .string(question.zone),
            "conflicts": .int(findings.count(where: \.isNotFree)), "dates": .array(findings.map(\.json)),
        ]).privately
    }

    private func act(_ exchange: Exchange, choose: () throws -> SessionDesk.SeriesCommand) async throws -> Answer {
        let actor = try exchange.requireAccount().actor.id
        let id = try exchange.id()
        let command = try choose()
        let now = DateTime.cutToMilliseconds(Date())
        let series = try await telling {
            try await database.transaction { transaction in
                try await desk.perform(command, on: id, by: actor, now: now, in: transaction)
            }
        }
        guard series != nil else { throw Problem.notFound }
        return Answer.json(.object(try await entity(id, actor))).privately
    }

    private func entity(_ id: UUID, _ reader: ActorID) async throws -> JSON.Object {
        guard let series = try await database.series(id), series.role(of: reader) != nil else { throw Problem.notFound }
        return SeriesEntity(
            series: series, dates: try await database.dates(of: id), reader: reader,
            people: try await database.actors(ids: [series.mentee, series.mentor]), notice: desk.policy.notice
        ).object
    }

    private func telling<Result>(_ act: () async throws -> Result) async throws -> Result {
        do {
            return try await booking(act)
        } catch let refusal as SeriesNotFree {
            throw Problem(refusal)
        } catch let conflict as SeriesConflict {
            throw Problem(conflict)
        }
    }
}
