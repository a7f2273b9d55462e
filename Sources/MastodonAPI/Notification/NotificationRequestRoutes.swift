import JSONTree
import Social
import Store
package import WebServer
import Wire

/// People of whom something waits until it is decided about them
/// (docs.joinmastodon.org/methods/notifications#get-requests).
package struct NotificationRequestRoutes: Sendable {
    private let services: ClientServices

    package init(_ services: ClientServices) { self.services = services }

    package var routes: [Route] {
        let requests = "/api/v1/notifications/requests"
        return [
            Route(.get, requests, access: .token(.readNotifications)) { try await list($0) },
            // What is accepted takes its place at once.
            Route(.get, "\(requests)/merged", access: .token(.readNotifications)) { _ in .json(["merged": true]) },
            Route(.post, "\(requests)/accept", access: .token(.writeNotifications)) { exchange in
                try await accept(try Self.named(exchange), exchange)
            },
            Route(.post, "\(requests)/dismiss", access: .token(.writeNotifications)) { exchange in
                try await dismiss(try Self.named(exchange), exchange)
            },
            Route(.get, "\(requests)/{id}", access: .token(.readNotifications)) { try await one($0) },
            Route(.post, "\(requests)/{id}/accept", access: .token(.writeNotifications)) { exchange in
                try await accept([try Self.id(exchange)], exchange)
            },
            Route(.post, "\(requests)/{id}/dismiss", access: .token(.writeNotifications)) { exchange in
                try await dismiss([try Self.id(exchange)], exchange)
            },
        ]
    }

    private static func id(_ exchange: Exchange) throws(Problem) -> Int64 {
        guard let id = Input.id(exchange.parameter("id")) else { throw Problem.notFound }
        return id
    }

    private static func named(_ exchange: Exchange) throws(Problem) -> [Int64] {
        let input = try exchange.input()
        // Mastodon.py doubles the brackets, `id[][]`: then each number has a name that is empty.
        let doubled = (input.nestedList("id") ?? []).compactMap { $0.id("") }
        return Array((input.ids("id") + doubled).prefix(1000))
    }

    private func list(_ exchange: Exchange) async throws -> Answer {
        let reader = try exchange.requireAccount().actor.id
        let found = try await services.database.notificationRequests(
            to: reader, exchange.page(try exchange.input(), usual: 40, most: 80))
        return .page(
            try await services.entities.notificationRequests(found, for: reader), positions: found.map(\.id),
            of: exchange, at: services.community.origin)
    }

    private func one(_ exchange: Exchange) async throws -> Answer {
        let reader = try exchange.requireAccount().actor.id
        guard let found = try await services.database.notificationRequest(try Self.id(exchange), to: reader),
            let entity = try await services.entities.notificationRequests([found], for: reader).first
        else { throw Problem.notFound }
        return .json(entity)
    }

    private func accept(_ ids: [Int64], _ exchange: Exchange) async throws -> Answer {
        let count = try await services.database.acceptNotificationRequests(
            ids, to: try exchange.requireAccount().actor.id)
        guard count >= Set(ids).count else { throw Problem.notFound }
        return .json([:])
    }

    private func dismiss(_ ids: [Int64], _ exchange: Exchange) async throws -> Answer {
        let count = try await services.database.dismissNotificationRequests(
            ids, to: try exchange.requireAccount().actor.id)
        guard count >= Set(ids).count else { throw Problem.notFound }
        return .json([:])
    }
}

extension Entities {
    /// In order; those of people who are gone are left out (docs.joinmastodon.org/entities/NotificationRequest).
    func notificationRequests(_ found: [NotificationRequest], for reader: ActorID) async throws -> [JSON] {
        let accounts = try await accountsByID(Set(found.map(\.from))).accounts
        let posts = try await database.posts(found.compactMap(\.lastPost), for: .actor(reader))
        let statuses = try await statuses(posts.values.map { FeedEntry(post: $0) }, for: reader)
        let byID = Dictionary(statuses.map { ($0["id"]?.string ?? "", $0) }) { first, _ in first }
        return found.compactMap { request in
            guard let account = accounts[request.from] else { return nil }
            return [
                "id": .string(String(request.id)), "created_at": .string(ClientTime.text(request.createdAt)),
                "updated_at": .string(ClientTime.text(request.updatedAt)),
                // A text, as the API has it.
                "notifications_count": .string(String(request.count)), "account": account,
                "last_status": request.lastPost.flatMap { byID[String($0.rawValue)] },
            ]
        }
    }
}
