import Federation
import Foundation
import JSONTree
import PostgreSQL
import Social
import Store
import UseCases
package import WebServer
import Wire

/// Posts that wait for their time (docs.joinmastodon.org/methods/scheduled_statuses).
package struct ScheduledPostRoutes: Sendable {
    private let services: ClientServices

    package init(_ services: ClientServices) { self.services = services }

    package var routes: [Route] {
        let path = "/api/v1/scheduled_statuses"
        return [
            Route(.get, path, access: .token(.readStatuses)) { try await list($0) },
            Route(.get, "\(path)/{id}", access: .token(.readStatuses)) { exchange in
                let found = try await services.database.scheduledPost(try id(exchange))
                guard let found, found.author == (try exchange.requireAccount().actor.id) else {
                    throw Problem.notFound
                }
                return .json(try await services.entity(found))
            },
            Route(.put, "\(path)/{id}", access: .token(.writeStatuses)) { try await move($0) },
            Route(.delete, "\(path)/{id}", access: .token(.writeStatuses)) { exchange in
                let isDeleted = try await services.database.deleteScheduledPost(
                    try id(exchange), of: try exchange.requireAccount().actor.id)
                guard isDeleted else { throw Problem.notFound }
                return .json([:])
            },
        ]
    }

    private func list(_ exchange: Exchange) async throws -> Answer {
        let found = try await services.database.scheduledPosts(
            by: try exchange.requireAccount().actor.id, exchange.page(try exchange.input(), usual: 20, most: 40))
        var entities: [JSON] = []
        for post in found { entities.append(try await services.entity(post)) }
        return .page(entities, positions: found.map(\.id), of: exchange, at: services.community.origin)
    }

    private func move(_ exchange: Exchange) async throws -> Answer {
        let author = try exchange.requireAccount().actor.id
        let (id, now) = (try id(exchange), DateTime.cutToMilliseconds(Date()))
        guard let time = try exchange.input().time("scheduled_at") else {
            throw FieldError(field: "scheduled_at", message: "Name the time at which it is to be published.")
        }
        let moved = try await services.database.transaction { transaction in
            try await services.desks.scheduledPosts.move(id, of: author, to: time, now: now, in: transaction)
        }
        guard let moved else { throw Problem.notFound }
        return .json(try await services.entity(moved))
    }

    private func id(_ exchange: Exchange) throws -> Int64 {
        guard let id = Input.id(exchange.parameter("id")) else { throw Problem.notFound }
        return id
    }
}

extension Input {
    /// A time of RFC 3339; nil when it is absent or empty.
    ///
    /// - Throws: when it is something else.
    func time(_ name: String) throws(FieldError) -> Date? {
        guard let text = text(name), !text.isEmpty else { return nil }
        guard let time = DateTime.parse(text) else {
            throw FieldError(field: name, message: "Write a time such as 2026-12-03T18:00:00Z.")
        }
        return DateTime.cutToMilliseconds(time)
    }
}

extension ClientServices {
    /// A post that waits (docs.joinmastodon.org/entities/ScheduledStatus).
    func entity(_ scheduled: ScheduledPost) async throws -> JSON {
        let draft = scheduled.draft
        var files: [JSON] = []
        for id in draft.media ?? [] {
            guard let media = try await database.media(id, of: scheduled.author) else { continue }
            files.append(MediaEntity(media.attachment(at: community.addresses), number: id.rawValue).json)
        }
        return [
            "id": .string(String(scheduled.id)), "scheduled_at": .string(ClientTime.text(scheduled.dueAt)),
            "params": [
                "text": .string(draft.text), "visibility": .string(draft.visibility.clientName),
                "sensitive": .bool(draft.isSensitive), "spoiler_text": .string(draft.warning),
                "language": draft.language.map(JSON.string) ?? .null,
                "in_reply_to_id": draft.replyTo.map { .string(String($0.rawValue)) } ?? .null,
                "media_ids": draft.media.map { .array($0.map { .string(String($0.rawValue)) }) } ?? .null,
                "poll": draft.poll.map { poll in
                    [
                        "options": .array(poll.options.map(JSON.string)), "expires_in": .int(poll.seconds),
                        "multiple": .bool(poll.isMultiple), "hide_totals": false,
                    ]
                } ?? .null,
                "scheduled_at": .null, "application_id": .null, "idempotency": .null, "with_rate_limit": false,
            ],
            "media_attachments": .array(files),
        ]
    }
}
