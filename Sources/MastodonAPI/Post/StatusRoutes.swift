import Federation
import Foundation
import JSONTree
import PostgreSQL
import Social
import Store
import UseCases
package import WebServer
import Wire

/// Writing and reading posts (docs.joinmastodon.org/methods/statuses).
package struct StatusRoutes: Sendable {
    private let services: ClientServices

    package init(_ services: ClientServices) { self.services = services }

    package var routes: [Route] {
        let statuses = "/api/v1/statuses"
        return [
            Route(.post, statuses, access: .token(.writeStatuses)) { try await publish($0) },
            Route(.get, statuses, access: .reader(.readStatuses)) { try await several($0) },
            Route(.get, "\(statuses)/{id}", access: .reader(.readStatuses)) { try await one($0) },
            Route(.put, "\(statuses)/{id}", access: .token(.writeStatuses)) { try await edit($0) },
            Route(.delete, "\(statuses)/{id}", access: .token(.writeStatuses)) { try await delete($0) },
            Route(.get, "\(statuses)/{id}/context", access: .reader(.readStatuses)) { try await context($0) },
            Route(.get, "\(statuses)/{id}/source", access: .token(.readStatuses)) { try await source($0) },
            Route(.get, "\(statuses)/{id}/history", access: .reader(.readStatuses)) { try await history($0) },
            Route(.get, "\(statuses)/{id}/card", access: .reader(.readStatuses)) { _ in .json([:]) },
            Route(.get, "\(statuses)/{id}/favourited_by", access: .reader(.readAccounts)) { exchange in
                try await people(exchange) { try await services.database.likers(of: $0, for: exchange.viewer, $1) }
            },
            Route(.get, "\(statuses)/{id}/reblogged_by", access: .reader(.readAccounts)) { exchange in
                try await people(exchange) { try await services.database.boosters(of: $0, for: exchange.viewer, $1) }
            },
        ]
    }

    /// A repetition with the same key gets the same answer, also at the same moment.
    private func publish(_ exchange: Exchange) async throws -> Answer {
        let author = try exchange.requireAccount().actor
        let input = try exchange.input()
        let draft = try PostDraft(input, defaults: try await services.database.postingDefaults(of: author.id))
        try draft.checked(now: Date())
        let key = exchange.field("idempotency-key").flatMap { (1...255).contains($0.utf8.count) ? $0 : nil }
        if let time = try input.time("scheduled_at") {
            return .json(try await services.entity(try await schedule(draft, by: author, at: time, key: key)))
        }
        let mentioned = try await services.findMentioned(in: draft.text)
        let post = try await services.database.transaction { transaction -> PostID in
            if let key, let known = try await transaction.claimIdempotencyKey(key, of: author.id) { return known }
            let post = try await services.desks.posts.publish(
                draft, by: author, mentioned: mentioned, now: DateTime.cutToMilliseconds(Date()), in: transaction)
            if let key { try await transaction.saveIdempotencyKey(key, of: author.id, for: post.id) }
            return post.id
        }
        return try await services.answer(post, to: exchange)
    }

    private func schedule(
        _ draft: PostDraft, by author: Actor, at time: Date, key: String?
    ) async throws -> ScheduledPost {
        try await services.database.transaction { transaction in
            if let key, let known = try await transaction.claimIdempotencyKey(key, of: author.id),
                let scheduled = try await transaction.scheduledPost(known.rawValue), scheduled.author == author.id
            {
                return scheduled
            }
            let scheduled = try await services.desks.scheduledPosts.schedule(
                draft, by: author, at: time, now: DateTime.cutToMilliseconds(Date()), in: transaction)
            if let key {
                try await transaction.saveIdempotencyKey(key, of: author.id, for: PostID(rawValue: scheduled.id))
            }
            return scheduled
        }
    }

    private func edit(_ exchange: Exchange) async throws -> Answer {
        let author = try exchange.requireAccount().actor
        let before = try await services.post(exchange)
        let input = try exchange.input()
        var draft = try PostDraft(
            input, defaults: PostingDefaults(
                visibility: before.visibility, isSensitive: before.content.isSensitive,
                language: before.content.language))
        if !input.has("spoiler_text") { draft.warning = before.content.warning }
        draft.title = before.content.title
        draft.event = before.content.event
        // Uploads are those that the client names: as everywhere else, none for none.
        draft.attachments = before.content.attachments.filter { $0.media == nil }
        let mentioned = try await services.findMentioned(in: draft.text)
        try await PostAnswers.refusing {
            try await services.database.transaction { transaction in
                _ = try await services.desks.posts.edit(
                    before.id, draft, by: author, mentioned: mentioned, now: DateTime.cutToMilliseconds(Date()),
                    in: transaction)
            }
        }
        return try await services.answer(before.id, to: exchange)
    }

    /// Answers with the text and the uploads, so that it can be written anew.
    private func delete(_ exchange: Exchange) async throws -> Answer {
        let author = try exchange.requireAccount().actor
        let post = try await services.post(exchange)
        guard post.author == author.id else { throw Problem.notFound }
        guard var status = try await services.entities.status(post, for: author.id)?.object else {
            throw Problem.notFound
        }
        let fate = try exchange.input().flag("delete_media") == true ? UploadFate.deleted : .released
        let files = try await services.database.transaction {
            try await services.desks.posts.delete(post.id, by: author, uploads: fate, in: $0)
        }
        status["media_attachments"] = .array(
            files.enumerated().map { MediaEntity($0.element, of: post.id, at: $0.offset).json })
        status["text"] = .string(post.content.source ?? "")
        return .json(.object(status))
    }

    private func one(_ exchange: Exchange) async throws -> Answer {
        let entry = try await services.entry(exchange)
        guard let status = try await services.entities.statuses([entry], for: exchange.account?.actor.id).first else {
            throw Problem.notFound
        }
        return .json(status)
    }

    private func several(_ exchange: Exchange) async throws -> Answer {
        let ids = try exchange.input().ids("id").prefix(40).map { PostID(rawValue: $0) }
        let posts = try await services.database.posts(ids, for: exchange.viewer)
        let entries = ids.compactMap { posts[$0] }.map { FeedEntry(post: $0) }
        return .json(.array(try await services.entities.statuses(entries, for: exchange.account?.actor.id)))
    }

    private func context(_ exchange: Exchange) async throws -> Answer {
        let post = try await services.post(exchange)
        // Whoever is not signed in sees less of a long thread.
        let limit = exchange.account == nil ? 60 : 1000
        let ancestors = try await services.database.ancestors(of: post.id, for: exchange.viewer).reversed()
        let below = try await services.database.descendants(of: post, for: exchange.viewer, limit: limit)
        let reader = exchange.account?.actor.id
        return .json([
            "ancestors": .array(
                try await services.entities.statuses(ancestors.map { FeedEntry(post: $0) }, for: reader)),
            "descendants": .array(try await services.entities.statuses(below.map { FeedEntry(post: $0) }, for: reader)),
        ])
    }

    private func source(_ exchange: Exchange) async throws -> Answer {
        let post = try await services.post(exchange)
        guard post.author == (try exchange.requireAccount().actor.id) else { throw Problem.notFound }
        return .json([
            "id": .string(String(post.id.rawValue)), "text": .string(post.content.source ?? ""),
            "spoiler_text": .string(post.content.warning),
        ])
    }

    private func history(_ exchange: Exchange) async throws -> Answer {
        let post = try await services.post(exchange)
        guard let account = try await services.entities.account(post.author) else { throw Problem.notFound }
        let now = PostVersion(post)
        let versions = try await services.database.versions(of: post.id) + [now]
        return .json(.array(versions.map { StatusEditEntity(version: $0, account: account, post: post).json }))
    }

    private func people(
        _ exchange: Exchange, _ find: (PostID, Page) async throws -> [(position: Int64, actor: ActorID)]
    ) async throws -> Answer {
        let post = try await services.post(exchange)
        let found = try await find(post.id, exchange.page(try exchange.input(), usual: 40, most: 80))
        let accounts = try await services.entities.accounts(found.map(\.actor))
        return .page(accounts, positions: found.map(\.position), of: exchange, at: services.community.origin)
    }
}
