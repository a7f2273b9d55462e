import Foundation

import JSONTree
package import PostgreSQL
import Social
import Store
package import WebServer
import Wire

/// `/api/mentoring/notifications`: what others did to the reader's sessions and wrote about them, newest first.
package struct NotificationRoutes: Sendable {
    private let database: Pool

    package init(database: Pool) { self.database = database }

    package var routes: [Route] {
        [
            Route(.get, "/api/mentoring/notifications", access: .token(.read)) { exchange in
                let limit = try exchange.limit()
                let found = try await database.notifications(
                    for: try exchange.requireAccount().actor.id, before: try exchange.cursor("before"), limit: limit)
                let people = try await database.actors(ids: Set(found.compactMap(\.from)))
                let next = found.count == limit ? found.last.map { JSON.string(String($0.id)) } : nil
                return Answer.json([
                    "notifications": .array(found.map { Self.json($0, people) }), "next": next ?? .null,
                ]).privately
            }
        ]
    }

    private static func json(_ notification: StoredNotification, _ people: [ActorID: Actor]) -> JSON {
        [
            "id": .string(String(notification.id)),
            "what": .string(notification.post == nil ? notification.kind : "message"),
            "session": notification.session.map { .string($0.uuidString.lowercased()) } ?? .null,
            "from": notification.from.flatMap { people[$0] }.map(PersonEntity.json) ?? .null,
            "at": .string(DateTime.format(notification.createdAt)),
        ]
    }
}
