import Foundation
import Federation
import JSONTree
import PostgreSQL
import Social
import Store
import UseCases
package import WebServer
import Wire

/// What people do about other people (docs.joinmastodon.org/methods/accounts, …/follow_requests, …/blocks, …/mutes).
package struct RelationRoutes: Sendable {
    private let services: ClientServices

    package init(_ services: ClientServices) { self.services = services }

    package var routes: [Route] {
        let account = "/api/v1/accounts/{id}"
        return [
            change("\(account)/follow", .writeFollows, follow),
            change("\(account)/unfollow", .writeFollows) {
                try await services.desks.relations.unfollow($1, by: $0.actor, in: $3)
            },
            change("\(account)/remove_from_followers", .writeFollows) {
                _ = try await services.desks.relations.reject($1, by: $0.actor, in: $3)
            },
            change("\(account)/block", .writeBlocks) {
                try await services.desks.relations.block($1, by: $0.actor, in: $3)
            },
            change("\(account)/unblock", .writeBlocks) {
                try await services.desks.relations.unblock($1, by: $0.actor, in: $3)
            },
            change("\(account)/mute", .writeMutes, mute),
            change("\(account)/unmute", .writeMutes) { try await $3.deleteMute(by: $0.actor.id, of: $1.id) },
            change("\(account)/note", .writeAccounts, note),
            change("\(account)/endorse", .writeAccounts, endorse), change("\(account)/pin", .writeAccounts, endorse),
            change("\(account)/unendorse", .writeAccounts) {
                try await $3.deleteEndorsement(by: $0.actor.id, of: $1.id)
            },
            change("\(account)/unpin", .writeAccounts) { try await $3.deleteEndorsement(by: $0.actor.id, of: $1.id) },
            change("/api/v1/follow_requests/{id}/authorize", .writeFollows) {
                guard try await services.desks.relations.accept($1, by: $0.actor, in: $3) else {
                    throw Problem.notFound
                }
            },
            change("/api/v1/follow_requests/{id}/reject", .writeFollows) {
                guard try await services.desks.relations.reject($1, by: $0.actor, in: $3) else {
                    throw Problem.notFound
                }
            },
            list("/api/v1/follow_requests", .readFollows) { try await services.database.followRequests(to: $0, $1) },
            list("/api/v1/blocks", .readBlocks) { try await services.database.blocked(by: $0, $1) },
            list("/api/v1/mutes", .readMutes) { try await services.database.muted(by: $0, $1) },
        ]
    }

    private typealias Change =
        @Sendable (_ account: Account, _ other: Actor, _ input: Input, _ transaction: Transaction) async throws -> Void

    /// A route that changes something between the holder of the token and another, and answers with what they are then.
    private func change(_ path: String, _ scope: Scope, _ change: @escaping Change) -> Route {
        Route(.post, path, access: .token(scope)) { exchange in
            let account = try exchange.requireAccount()
            let other = try await services.actor(exchange)
            let input = try exchange.input()
            guard other.id != account.actor.id else { throw Problem.forbidden("This action is not allowed") }
            do {
                try await services.database.transaction { try await change(account, other, input, $0) }
            } catch RelationDesk.Refusal.notAllowed {
                throw Problem.forbidden("This action is not allowed")
            }
            return try await services.relationship(other.id, to: exchange)
        }
    }

    /// A list of people with positions of its own.
    private func list(
        _ path: String, _ scope: Scope,
        _ find: @escaping @Sendable (ActorID, Page) async throws -> [(position: Int64, actor: ActorID)]
    ) -> Route {
        Route(.get, path, access: .token(scope)) { exchange in
            let found = try await find(
                try exchange.requireAccount().actor.id, exchange.page(try exchange.input(), usual: 40, most: 80))
            let accounts = try await services.entities.accounts(found.map(\.actor))
            return .page(accounts, positions: found.map(\.position), of: exchange, at: services.community.origin)
        }
    }

    private var follow: Change {
        { account, other, input, transaction in
            let relation = try await transaction.relation(of: account.actor.id, to: other.id)
            if relation.follows == nil {
                try await services.desks.relations.follow(other, by: account.actor, in: transaction)
            }
            try await transaction.setFollowWishes(
                by: account.actor.id, of: other.id, showsBoosts: input.flag("reblogs"), notifies: input.flag("notify"),
                languages: input.texts("languages"))
        }
    }

    private var mute: Change {
        { account, other, input, transaction in
            let seconds = input.integer("duration") ?? 0
            try await transaction.saveMute(
                by: account.actor.id, of: other.id, hidesNotifications: input.flag("notifications") ?? true,
                until: seconds > 0 ? Date().addingTimeInterval(Double(min(seconds, 10 * 366 * 86_400))) : nil)
        }
    }

    private var note: Change {
        { account, other, input, transaction in
            let text = input.text("comment") ?? ""
            guard text.unicodeScalars.count <= 2000, !text.utf8.contains(0) else {
                throw FieldError(field: "comment", message: "Use at most 2000 characters.")
            }
            try await transaction.saveNote(text, by: account.actor.id, about: other.id)
        }
    }

    private var endorse: Change {
        { account, other, _, transaction in
            guard try await transaction.relation(of: account.actor.id, to: other.id).follows == .accepted else {
                throw FieldError(field: "id", message: "Recommend people whom you follow.")
            }
            try await transaction.insertEndorsement(by: account.actor.id, of: other.id)
        }
    }
}
