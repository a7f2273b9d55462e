import Federation
import Foundation
import JSONTree
import Mentoring
import SafeText
import Social
import Store
import UseCases
package import WebServer
import Wire

/// Reading accounts and what they wrote (docs.joinmastodon.org/methods/accounts).
package struct AccountRoutes: Sendable {
    private let services: ClientServices

    package init(_ services: ClientServices) { self.services = services }

    package var routes: [Route] {
        let accounts = "/api/v1/accounts"
        return [
            Route(.get, accounts, access: .reader(.readAccounts)) { try await several($0) },
            Route(.get, "\(accounts)/lookup", access: .reader(.readAccounts)) { try await lookUp($0) },
            Route(.get, "\(accounts)/relationships", access: .token(.readFollows)) { try await relationships($0) },
            Route(.get, "\(accounts)/familiar_followers", access: .token(.readFollows)) { try await familiar($0) },
            Route(.get, "\(accounts)/{id}", access: .reader(.readAccounts)) { try await one($0) },
            Route(.get, "\(accounts)/{id}/statuses", access: .reader(.readStatuses)) { try await statuses($0) },
            Route(.get, "\(accounts)/{id}/followers", access: .reader(.readAccounts)) {
                try await people($0, .followers)
            },
            Route(.get, "\(accounts)/{id}/following", access: .reader(.readAccounts)) {
                try await people($0, .following)
            },
            Route(.get, "\(accounts)/{id}/endorsements", access: .reader(.readAccounts)) { try await endorsements($0) },
        ]
    }

    private func one(_ exchange: Exchange) async throws -> Answer {
        guard let account = try await services.entities.account(try await services.actor(exchange).id) else {
            throw Problem.notFound
        }
        return .json(account)
    }

    private func several(_ exchange: Exchange) async throws -> Answer {
        let ids = try exchange.input().ids("id").prefix(40).map { ActorID(rawValue: $0) }
        return .json(.array(try await services.entities.accounts(ids)))
    }

    /// By handle; people elsewhere are asked for only in the name of somebody here.
    private func lookUp(_ exchange: Exchange) async throws -> Answer {
        guard let name = try exchange.input().text("acct"), !name.isEmpty, name.utf8.count <= 400 else {
            throw FieldError(field: "acct", message: "Give a username or a handle such as noor@b.example.")
        }
        let actor: Actor?
        if let handle = Handle(name), !services.community.isOwn(domain: handle.domain) {
            actor = try await services.database.remoteActor(handle)
        } else {
            actor = try await services.localActor(
                named: Handle(name)?.name ?? name.lowercased().drop { $0 == "@" }.description)
        }
        guard let actor, let account = try await services.entities.account(actor.id) else { throw Problem.notFound }
        return .json(account)
    }

    private func relationships(_ exchange: Exchange) async throws -> Answer {
        let ids = try exchange.input().ids("id").prefix(80).map { ActorID(rawValue: $0) }
        return .json(
            .array(try await services.entities.relationships(of: try exchange.requireAccount().actor.id, to: ids)))
    }

    /// Those whom the reader follows and who follow the account.
    private func familiar(_ exchange: Exchange) async throws -> Answer {
        let reader = try exchange.requireAccount().actor.id
        var answers: [JSON] = []
        for id in try exchange.input().ids("id").prefix(40) {
            let familiar = try await services.database.familiarFollowers(
                of: ActorID(rawValue: id), for: reader, limit: 20)
            let accounts = try await services.entities.accounts(familiar)
            answers.append(["id": .string(String(id)), "accounts": .array(accounts)])
        }
        return .json(.array(answers))
    }

    private func statuses(_ exchange: Exchange) async throws -> Answer {
        let actor = try await services.actor(exchange)
        let input = try exchange.input()
        var wanted = AuthorPosts()
        wanted.withMediaOnly = input.flag("only_media") ?? false
        wanted.withoutReplies = input.flag("exclude_replies") ?? false
        wanted.withoutBoosts = input.flag("exclude_reblogs") ?? false
        wanted.pinnedOnly = input.flag("pinned") ?? false
        wanted.tag = input.text("tagged").flatMap { $0.isEmpty ? nil : hashtagName($0) ?? "" }
        if wanted.pinnedOnly, !actor.isLocal, exchange.account != nil {
            try await services.desks.featured.lookedAt(actor.id, on: services.database)
        }
        let entries = try await services.database.entries(
            by: actor.id, wanted, for: exchange.viewer, exchange.page(input, usual: 20, most: 40))
        let statuses = try await services.entities.statuses(entries, for: exchange.account?.actor.id)
        if wanted.pinnedOnly { return .json(.array(statuses)) }
        return .page(entries, statuses, of: exchange, at: services.community.origin)
    }

    private func people(_ exchange: Exchange, _ side: FollowSide) async throws -> Answer {
        let actor = try await services.actor(exchange)
        guard let person = try await services.database.person(actor.id) else { throw Problem.notFound }
        if person.hidesCollections, exchange.account?.actor.id != actor.id { return .json([]) }
        let page = exchange.page(try exchange.input(), usual: 40, most: 80)
        let found = try await services.database.followed(side, of: actor.id, before: page.before, limit: page.limit)
        let accounts = try await services.entities.accounts(found.map(\.actor.id))
        return .page(accounts, positions: found.map(\.position), of: exchange, at: services.community.origin)
    }

    /// A mentor's expertise, by which clients offer to look for posts.
    private func endorsements(_ exchange: Exchange) async throws -> Answer {
        let ids = try await services.database.endorsed(by: try await services.actor(exchange).id, limit: 40)
        return .json(.array(try await services.entities.accounts(ids)))
    }
}
