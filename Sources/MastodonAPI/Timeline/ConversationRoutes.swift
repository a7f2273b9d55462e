import JSONTree
import Social
import Store
package import WebServer
import Wire

/// Threads of direct posts (docs.joinmastodon.org/methods/conversations).
package struct ConversationRoutes: Sendable {
    private let services: ClientServices

    package init(_ services: ClientServices) { self.services = services }

    package var routes: [Route] {
        let conversations = "/api/v1/conversations"
        return [
            Route(.get, conversations, access: .token(.readStatuses)) { try await list($0) },
            Route(.post, "\(conversations)/{id}/read", access: .token(.writeConversations)) { try await read($0) },
            Route(.delete, "\(conversations)/{id}", access: .token(.writeConversations)) { try await hide($0) },
        ]
    }

    private func list(_ exchange: Exchange) async throws -> Answer {
        let reader = try exchange.requireAccount().actor.id
        let found = try await services.database.conversations(
            of: reader, exchange.page(try exchange.input(), usual: 20, most: 40))
        return .page(
            try await services.entities.conversations(found, for: reader), positions: found.map(\.lastPost.id.rawValue),
            of: exchange, at: services.community.origin)
    }

    private func read(_ exchange: Exchange) async throws -> Answer {
        let reader = try exchange.requireAccount().actor.id
        guard let id = Input.id(exchange.parameter("id")) else { throw Problem.notFound }
        try await services.database.markConversationRead(id, of: reader)
        guard let conversation = try await services.database.conversation(id, of: reader),
            let entity = try await services.entities.conversations([conversation], for: reader).first
        else { throw Problem.notFound }
        return .json(entity)
    }

    private func hide(_ exchange: Exchange) async throws -> Answer {
        guard let id = Input.id(exchange.parameter("id")),
            try await services.database.hideConversation(id, of: try exchange.requireAccount().actor.id)
        else { throw Problem.notFound }
        return .json([:])
    }
}
