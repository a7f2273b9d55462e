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
                    by: try exchange.requireAccount().actor.id,
                    exchange.page(try exchange.input(), usual: 100, most: 200))
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

    private func mute(_ exchange: Exchange) async throws -> Answer {
        let account = try exchange.requireAccount().actor
        let domain = try domain(exchange)
        try await services.database.transaction {
            try await services.desks.relations.mute(domain: domain, by: account, in: $0)
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
