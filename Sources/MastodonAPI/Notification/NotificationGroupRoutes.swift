import JSONTree
import Social
import Store
package import WebServer
import Wire

/// What somebody is told, likes and the like in groups (docs.joinmastodon.org/methods/grouped_notifications).
package struct NotificationGroupRoutes: Sendable {
    private let services: ClientServices

    package init(_ services: ClientServices) { self.services = services }

    package var routes: [Route] {
        let groups = "/api/v2/notifications"
        return [
            Route(.get, groups, access: .token(.readNotifications)) { try await list($0) },
            Route(.get, "\(groups)/unread_count", access: .token(.readNotifications)) { try await unread($0) },
            Route(.post, "\(groups)/clear", access: .token(.writeNotifications)) { exchange in
                try await services.database.clearNotifications(of: try exchange.requireAccount().actor.id)
                return .json([:])
            },
            Route(.get, "\(groups)/{key}", access: .token(.readNotifications)) { try await one($0) },
            Route(.get, "\(groups)/{key}/accounts", access: .token(.readNotifications)) { try await people($0) },
            Route(.post, "\(groups)/{key}/dismiss", access: .token(.writeNotifications)) { exchange in
                try await services.database.deleteNotifications(
                    ofGroup: exchange.parameter("key"), for: try exchange.requireAccount().actor.id)
                return .json([:])
            },
        ]
    }

    private func list(_ exchange: Exchange) async throws -> Answer {
        let reader = try exchange.requireAccount().actor.id
        let input = try exchange.input()
        let accounts = input.text("expand_accounts") ?? ""
        guard ["", "full", "partial_avatars"].contains(accounts) else {
            throw Problem.badRequest("Use full or partial_avatars for expand_accounts.")
        }
        let found = try await services.database.notificationGroups(
            for: reader, NotificationSearch(input, exchange.page(input, usual: 40, most: 80)),
            grouped: Self.grouped(input))
        let answer = Answer.json(
            try await services.entities.notificationGroups(found, for: reader, isShort: accounts == "partial_avatars"))
        return answer.linked(
            last: found.last?.oldestOnPage, first: found.first?.newest.id, of: exchange, at: services.community.origin)
    }

    private func one(_ exchange: Exchange) async throws -> Answer {
        let reader = try exchange.requireAccount().actor.id
        guard let found = try await services.database.notificationGroup(exchange.parameter("key"), for: reader) else {
            throw Problem.notFound
        }
        return .json(try await services.entities.notificationGroups([found], for: reader, isShort: false))
    }

    private func people(_ exchange: Exchange) async throws -> Answer {
        let input = try exchange.input()
        let found = try await services.database.people(
            ofGroup: exchange.parameter("key"), for: try exchange.requireAccount().actor.id,
            exchange.page(input, usual: 80, most: 80))
        return .page(
            try await services.entities.accounts(found.map(\.actor)), positions: found.map(\.position), of: exchange,
            at: services.community.origin)
    }

    private func unread(_ exchange: Exchange) async throws -> Answer {
        let input = try exchange.input()
        let count = try await services.database.unreadGroups(
            for: try exchange.requireAccount().actor.id,
            NotificationSearch(input, exchange.page(input, usual: 100, most: 1000)), grouped: Self.grouped(input))
        return .json(["count": .int(count)])
    }

    /// Kinds that the client shows in groups; all for which there are any, where it does not say.
    private static func grouped(_ input: Input) -> Set<ClientNotificationKind> {
        guard let names = input.texts("grouped_types"), !names.isEmpty else {
            return Set(ClientNotificationKind.allCases)
        }
        return Set(names.compactMap { ClientNotificationKind(rawValue: $0) })
    }
}
