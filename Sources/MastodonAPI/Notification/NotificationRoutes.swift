import JSONTree
import Social
import Store
package import WebServer
import Wire

/// What somebody is told, one by one (docs.joinmastodon.org/methods/notifications).
package struct NotificationRoutes: Sendable {
    private let services: ClientServices

    package init(_ services: ClientServices) { self.services = services }

    package var routes: [Route] {
        let notifications = "/api/v1/notifications"
        return [
            Route(.get, notifications, access: .token(.readNotifications)) { try await list($0) },
            Route(.get, "\(notifications)/unread_count", access: .token(.readNotifications)) { try await unread($0) },
            Route(.post, "\(notifications)/clear", access: .token(.writeNotifications)) { exchange in
                try await services.database.clearNotifications(of: try exchange.requireAccount().actor.id)
                return .json([:])
            },
            Route(.get, "\(notifications)/{id}", access: .token(.readNotifications)) { try await one($0) },
            Route(.post, "\(notifications)/{id}/dismiss", access: .token(.writeNotifications)) { exchange in
                guard let id = Input.id(exchange.parameter("id")) else { throw Problem.notFound }
                try await services.database.deleteNotification(id, of: try exchange.requireAccount().actor.id)
                return .json([:])
            },
        ]
    }

    private func list(_ exchange: Exchange) async throws -> Answer {
        let reader = try exchange.requireAccount().actor.id
        let input = try exchange.input()
        let found = try await services.database.notifications(
            for: reader, NotificationSearch(input, exchange.page(input, usual: 40, most: 80)))
        return .page(
            try await services.entities.notifications(found, for: reader), positions: found.map(\.id), of: exchange,
            at: services.community.origin)
    }

    private func one(_ exchange: Exchange) async throws -> Answer {
        let reader = try exchange.requireAccount().actor.id
        guard let id = Input.id(exchange.parameter("id")),
            let found = try await services.database.notification(id, for: reader),
            let entity = try await services.entities.notifications([found], for: reader).first
        else { throw Problem.notFound }
        return .json(entity)
    }

    private func unread(_ exchange: Exchange) async throws -> Answer {
        let input = try exchange.input()
        let count = try await services.database.unreadGroups(
            for: try exchange.requireAccount().actor.id,
            NotificationSearch(input, exchange.page(input, usual: 100, most: 1000)), grouped: [])
        return .json(["count": .int(count)])
    }
}

extension NotificationSearch {
    /// Kinds that are not known here are no reason to show others.
    init(_ input: Input, _ page: Page) {
        var kinds = Set(ClientNotificationKind.allCases)
        if let wanted = input.texts("types"), !wanted.isEmpty {
            kinds = Set(wanted.compactMap { ClientNotificationKind(rawValue: $0) })
        }
        kinds.subtract((input.texts("exclude_types") ?? []).compactMap { ClientNotificationKind(rawValue: $0) })
        self.init(
            kinds: kinds, from: input.id("account_id").map { ActorID(rawValue: $0) },
            includesFiltered: input.flag("include_filtered") ?? false, page: page)
    }
}
