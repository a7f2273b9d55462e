import Federation
import Foundation
import JSONTree
import SafeText
import Social
import Store
package import WebServer
import Wire

/// Finding people, posts and tags (docs.joinmastodon.org/methods/search).
package struct SearchRoutes: Sendable {
    private let services: ClientServices
    /// How long another server may take to answer: clients wait twice to four times as long.
    private static let patience = Duration.seconds(8)

    package init(_ services: ClientServices) { self.services = services }

    package var routes: [Route] {
        [
            Route(.get, "/api/v2/search", access: .reader(.readSearch)) { try await search($0) },
            Route(.get, "/api/v1/accounts/search", access: .token(.readAccounts)) { try await people($0) },
        ]
    }

    /// Always all three lists, whatever another server does.
    private func search(_ exchange: Exchange) async throws -> Answer {
        let input = try exchange.input()
        let text = try Self.text(input)
        let kind = input.text("type")
        let limit = max(1, min(input.integer("limit") ?? 20, 40))
        let offset = kind == nil ? 0 : max(0, min(input.integer("offset") ?? 0, 10_000))
        let resolves = (input.flag("resolve") ?? false) && exchange.account != nil
        var accounts: [JSON] = []
        var statuses: [JSON] = []
        var tags: [JSON] = []
        if let address = URI(text) {
            let found: (actor: ActorID?, post: Post?) =
                offset == 0 ? try await named(address, for: exchange, resolves: resolves) : (nil, nil)
            if let actor = found.actor, kind ?? "accounts" == "accounts" {
                accounts = try await services.entities.accounts([actor])
            }
            if let post = found.post, kind ?? "statuses" == "statuses" {
                statuses = try await services.entities.status(post, for: exchange.account?.actor.id).map { [$0] } ?? []
            }
        } else {
            if kind == nil || kind == "accounts", !text.hasPrefix("#") {
                accounts = try await accountsFor(
                    text, exchange, resolves: resolves, following: input.flag("following") ?? false, limit: limit,
                    offset: offset)
            }
            if kind == nil || kind == "hashtags" {
                tags = try await tagsFor(text, for: exchange.account?.actor.id, limit: limit, offset: offset)
            }
            if kind == nil || kind == "statuses", let reader = exchange.account?.actor.id, !text.hasPrefix("@") {
                let author = input.id("account_id").map { ActorID(rawValue: $0) }
                let found = try await services.database.posts(
                    containing: text, by: author, for: reader, limit: limit, offset: offset)
                statuses = try await services.entities.statuses(found.map { FeedEntry(post: $0) }, for: reader)
            }
        }
        return .json(["accounts": .array(accounts), "statuses": .array(statuses), "hashtags": .array(tags)])
    }

    private func tagsFor(_ text: String, for reader: ActorID?, limit: Int, offset: Int) async throws -> [JSON] {
        guard let start = hashtagName(text) else { return [] }
        let names = try await services.database.tags(beginningWith: start, limit: limit, offset: offset)
        let followed =
            if let reader { try await services.database.followedTags(among: names, by: reader) } else { Set<String>() }
        return names.map { name in
            TagEntity(
                name: name, addresses: services.community.addresses,
                isFollowed: reader.map { _ in followed.contains(name) }
            ).json
        }
    }

    private func people(_ exchange: Exchange) async throws -> Answer {
        let input = try exchange.input()
        return .json(
            .array(
                try await accountsFor(
                    try Self.text(input), exchange, resolves: input.flag("resolve") ?? false,
                    following: input.flag("following") ?? false, limit: max(1, min(input.integer("limit") ?? 40, 80)),
                    offset: max(0, min(input.integer("offset") ?? 0, 10_000)))))
    }

    /// Who is called exactly so comes first.
    private func accountsFor(
        _ text: String, _ exchange: Exchange, resolves: Bool, following: Bool, limit: Int, offset: Int
    ) async throws -> [JSON] {
        var ids: [ActorID] = []
        if offset == 0, let handle = Handle(text) {
            if services.community.isOwn(domain: handle.domain) {
                if let actor = try await services.localActor(named: handle.name) { ids = [actor.id] }
            } else if let known = try await services.database.remoteActor(handle) {
                ids = [known.id]
            } else if resolves, let found = await resolved(text) {
                ids = [found]
            }
        }
        let words = Handle(text)?.name ?? text.trimmingPrefix("@").description
        let found = try await services.database.people(
            named: words, followedBy: following ? exchange.account?.actor.id : nil, limit: limit, offset: offset)
        let all = ids + found.filter { !ids.contains($0) }
        return try await services.entities.accounts(Array(all.prefix(limit)))
    }

    /// The person or post behind an address.
    private func named(_ address: URI, for exchange: Exchange, resolves: Bool) async throws -> (
        actor: ActorID?, post: Post?
    ) {
        if let post = try await services.database.post(address: address, for: exchange.viewer) { return (nil, post) }
        if case .postPage(let id) = services.community.addresses.place(of: address),
            let post = try await services.database.post(id, for: exchange.viewer)
        {
            return (nil, post)
        }
        if let actor = try await services.database.actor(address: address) { return (actor, nil) }
        guard resolves, address.origin != services.community.origin else { return (nil, nil) }
        return await withPatience {
            if let post = try? await services.findPost(address),
                let visible = try? await services.database.post(post.id, for: exchange.viewer)
            {
                return (nil, visible)
            }
            return ((try? await services.findActor(address.string, field: "q", among: FindActor.followable))?.id, nil)
        } ?? (nil, nil)
    }

    private func resolved(_ handle: String) async -> ActorID? {
        await withPatience { (try? await services.findActor(handle, field: "q", among: FindActor.followable))?.id }
            ?? nil
    }

    /// Nil when another server took too long.
    private func withPatience<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) async -> Value? {
        await withTaskGroup(of: Value?.self) { group in
            group.addTask { await work() }
            group.addTask {
                try? await Task.sleep(for: Self.patience)
                return nil
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
    }

    private static func text(_ input: Input) throws -> String {
        let text = (input.text("q") ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
        guard (1...500).contains(text.unicodeScalars.count), !text.utf8.contains(0) else {
            throw FieldError(field: "q", message: "Give 1 to 500 characters to look for.")
        }
        return text
    }
}
