import JSONTree
import Social
import Store
import Wire

/// What somebody is told (docs.joinmastodon.org/entities/Notification).
struct NotificationEntity {
    let notification: StoredNotification
    let account: JSON
    /// Of the post that it is about; such a notification without its post is not shown.
    let status: JSON?

    var json: JSON {
        [
            "id": .string(String(notification.id)), "type": .string(notification.kind),
            "created_at": .string(ClientTime.text(notification.createdAt)), "account": account, "status": status,
            "group_key": .string(notification.key),
        ]
    }
}

extension Entities {
    /// In order; those whose person or post is gone are left out.
    func notifications(_ found: [StoredNotification], for reader: ActorID) async throws -> [JSON] {
        let accounts = try await accountsByID(Set(found.compactMap(\.from))).accounts
        let posts = try await database.posts(found.compactMap(\.post), for: .actor(reader))
        let entries = Set(found.compactMap(\.post)).compactMap { posts[$0] }.map { FeedEntry(post: $0) }
        let statuses = try await statuses(entries, for: reader)
        let byID = Dictionary(statuses.map { ($0["id"]?.string ?? "", $0) }) { first, _ in first }
        return found.compactMap { notification in
            guard let account = notification.from.flatMap({ accounts[$0] }) else { return nil }
            let status = notification.post.map { byID[String($0.rawValue)] }
            if case .some(.none) = status { return nil }
            return NotificationEntity(notification: notification, account: account, status: status ?? nil).json
        }
    }
}
