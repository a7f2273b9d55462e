import JSONTree
import Mentoring
import PostgreSQL
import SafeText
import Social
import Store
import UseCases
package import WebServer
import Wire

/// Hashtags on a profile (docs.joinmastodon.org/methods/featured_tags): those that a person chose, and what a mentor
/// can help with.
package struct FeaturedTagRoutes: Sendable {
    static let most = 10
    /// Tags of a mentor's expertise are no rows; their numbers lie far above those of rows.
    private static let firstOfExpertise = 1 << 48

    private let services: ClientServices

    package init(_ services: ClientServices) { self.services = services }

    package var routes: [Route] {
        let path = "/api/v1/featured_tags"
        return [
            Route(.get, path, access: .token(.readAccounts)) { exchange in
                .json(
                    .array(
                        try await services.database.featuredTags(of: try exchange.requireAccount().actor.id).map(json)))
            },
            Route(.post, path, access: .token(.writeAccounts)) { try await add($0) },
            Route(.delete, "\(path)/{id}", access: .token(.writeAccounts)) { exchange in
                guard let id = Input.id(exchange.parameter("id")),
                    try await services.database.deleteFeaturedTag(id, of: try exchange.requireAccount().actor.id)
                else { throw Problem.notFound }
                return .json([:])
            },
            Route(.get, "\(path)/suggestions", access: .token(.readAccounts)) { exchange in
                let names = try await services.database.usedTags(
                    by: try exchange.requireAccount().actor.id, limit: Self.most)
                return .json(.array(names.map { TagEntity(name: $0, addresses: services.community.addresses).json }))
            },
            Route(.get, "/api/v1/accounts/{id}/featured_tags", access: .reader(.readAccounts)) { try await shown($0) },
        ]
    }

    private func add(_ exchange: Exchange) async throws -> Answer {
        let account = try exchange.requireAccount().actor.id
        let written = try exchange.input().text("name") ?? ""
        guard let name = hashtagName(written) else {
            throw FieldError(field: "name", message: "Give a hashtag of letters and digits, without spaces.")
        }
        guard try await services.database.featuredTags(of: account).filter({ $0.name != name }).count < Self.most else {
            throw FieldError(field: "name", message: "You feature \(Self.most) hashtags already.")
        }
        try await services.database.insertFeaturedTag(name, of: account)
        guard let tag = try await services.database.featuredTags(of: account).first(where: { $0.name == name }) else {
            throw Problem.notFound
        }
        return .json(json(tag))
    }

    private func shown(_ exchange: Exchange) async throws -> Answer {
        let actor = try await services.actor(exchange)
        guard actor.isLocal else { return .json([]) }
        let chosen = try await services.database.featuredTags(of: actor.id)
        var expertise: [String] = []
        if let mentor = try await services.database.publishedProfiles(of: [actor.id])[actor.id] {
            expertise = PublicProfile(actor, ActorProfile(), mentor: mentor, catalogue: Catalogue([])).tags
        }
        let names = Set(chosen.map(\.name))
        let others = expertise.filter { hashtagName($0).map { !names.contains($0) } ?? false }.enumerated().map {
            index, name in
            FeaturedTag(id: Int64(Self.firstOfExpertise + index), name: name, posts: 0, lastPostAt: nil)
        }
        return .json(.array((chosen + others).map(json)))
    }

    private func json(_ tag: FeaturedTag) -> JSON {
        [
            "id": .string(String(tag.id)), "name": .string(tag.name),
            "url": .string(services.community.addresses.tag(tag.name).string),
            "statuses_count": .string(String(tag.posts)),
            "last_status_at": tag.lastPostAt.map { .string(ClientTime.day($0)) } ?? .null,
        ]
    }
}
