import Foundation
import Federation
import JSONTree
import PostgreSQL
import Social
import Store
import UseCases
package import WebServer
import Wire

/// What readers do with posts (docs.joinmastodon.org/methods/statuses and …/polls).
package struct StatusActionRoutes: Sendable {
    private let services: ClientServices

    package init(_ services: ClientServices) { self.services = services }

    package var routes: [Route] {
        let reactions = services.desks.reactions
        return [
            action("favourite", .writeFavourites) { try await reactions.like($1.id, by: $0, in: $2) },
            action("unfavourite", .writeFavourites) { try await reactions.unlike($1.id, by: $0, in: $2) },
            action("bookmark", .writeBookmarks) { try await $2.insertBookmark($1.id, by: $0.id) },
            action("unbookmark", .writeBookmarks) { try await $2.deleteBookmark($1.id, by: $0.id) },
            action("pin", .writeAccounts) { try await reactions.pin($1.id, by: $0, in: $2) },
            action("unpin", .writeAccounts) { try await reactions.unpin($1.id, by: $0, in: $2) },
            action("mute", .writeMutes) { try await $2.muteThread($1.thread, by: $0.id) },
            action("unmute", .writeMutes) { try await $2.unmuteThread($1.thread, by: $0.id) },
            action("unreblog", .writeStatuses) { try await reactions.unboost($1.id, by: $0, in: $2) },
            Route(.post, "/api/v1/statuses/{id}/reblog", access: .token(.writeStatuses)) { try await boost($0) },
            Route(.get, "/api/v1/polls/{id}", access: .reader(.readStatuses)) { try await poll($0) },
            Route(.post, "/api/v1/polls/{id}/votes", access: .token(.writeStatuses)) { try await vote($0) },
        ]
    }

    private func action(
        _ name: String, _ scope: Scope,
        _ act: @escaping @Sendable (_ reader: Actor, _ post: Post, _ transaction: Transaction) async throws -> Void
    ) -> Route {
        Route(.post, "/api/v1/statuses/{id}/\(name)", access: .token(scope)) { exchange in
            let reader = try exchange.requireAccount().actor
            let post = try await services.post(exchange)
            try await PostAnswers.refusing {
                try await services.database.transaction { try await act(reader, post, $0) }
            }
            return try await services.answer(post.id, to: exchange)
        }
    }

    /// Answers with the boost, which holds the post.
    private func boost(_ exchange: Exchange) async throws -> Answer {
        let reader = try exchange.requireAccount().actor
        let post = try await services.post(exchange)
        let wished = try exchange.input().text("visibility").flatMap { Visibility(clientName: $0) } ?? .public
        let entry = try await PostAnswers.refusing {
            try await services.database.transaction { transaction in
                try await services.desks.reactions.boost(post.id, by: reader, wished: wished, in: transaction)
                return try await transaction.boostEntry(of: post.id, by: reader.id)
            }
        }
        guard let entry, let status = try await services.entities.statuses([entry], for: reader.id).first else {
            throw Problem.notFound
        }
        return .json(status)
    }

    private func poll(_ exchange: Exchange) async throws -> Answer {
        let post = try await services.post(exchange)
        guard let status = try await services.entities.status(post, for: exchange.account?.actor.id),
            let poll = status["poll"], !poll.isNull
        else { throw Problem.notFound }
        return .json(poll)
    }

    private func vote(_ exchange: Exchange) async throws -> Answer {
        let reader = try exchange.requireAccount().actor
        let post = try await services.post(exchange)
        guard post.content.poll != nil else { throw Problem.notFound }
        let given = try exchange.input().texts("choices") ?? []
        let choices = given.compactMap { Int($0) }
        guard !choices.isEmpty, choices.count == given.count else {
            throw FieldError(field: "choices", message: "Give the positions of the options, counted from 0.")
        }
        try await PostAnswers.refusing {
            try await services.database.transaction { transaction in
                try await services.desks.reactions.vote(
                    Set(choices), in: post.id, by: reader, now: DateTime.cutToMilliseconds(Date()), in: transaction)
            }
        }
        return try await poll(exchange)
    }
}
