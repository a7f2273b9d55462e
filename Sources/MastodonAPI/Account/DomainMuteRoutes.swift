import Federation
import JSONTree
import PostgreSQL
import Social
import Store
import UseCases
package import WebServer
import Wire

/// Domains of which a person wants to hear nothing (docs.joinmastodon.org/methods/domain_blocks).
package struct DomainMuteRoutes: Sendable {
    private let services: ClientServices

    package init(_ services: ClientServices) { self.services = services }

    package var routes: [Route] {
        let path = "/api/v1/domain_blocks"
        return [
            Route(.get, path, access: .token(.readBlocks)) { exchange in
                let found = try await services.database.mutedDomains(
                    by: try exchange.requireAccount().actor.id, exchange.page(try exchange.input(), usual: 100, most: 200))
                return .page(
                    found.map { .string($0.domain) }, positions: found.map(\.position), of: exchange,
                    at: services.community.origin)
            },
            Route(.post, path, access: .token(.writeBlocks)) { try await mute($0) },
            Route(.delete, path, access: .token(.writeBlocks)) { exchange in
                try await services.database.deleteDomainMute(
                    of: try domain(exchange), by: try exchange.requireAccount().actor.id)
                return .json([:])
            },
        ]
    }

    /// Ends also what ties the person to people there.
    private func mute(_ exchange: Exchange) async throws -> Answer {
        let account = try exchange.requireAccount().actor
        let domain = try domain(exchange)
        guard !services.community.isOwn(domain: domain) else {
            throw FieldError(field: "domain", message: "This is the community that you are in.")
        }
        let relations = services.desks.relations
        try await services.database.transaction { transaction in
            try await transaction.insertDomainMute(of: domain, by: account.id)
            let ties = try await transaction.ties(of: account.id, to: domain)
            for follower in ties.followers { _ = try await relations.reject(follower, by: account, in: transaction) }
            for followed in ties.followed { try await relations.unfollow(followed, by: account, in: transaction) }
        }
        return .json([:])
    }

    /// As it stands in handles.
    private func domain(_ exchange: Exchange) throws -> String {
        let text = try exchange.input().text("domain") ?? ""
        guard let handle = Handle("someone@\(text)") else {
            throw FieldError(field: "domain", message: "Give a domain such as b.example.")
        }
        return handle.domain
    }
}
