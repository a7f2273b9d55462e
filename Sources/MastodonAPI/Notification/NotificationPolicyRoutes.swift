import JSONTree
import Social
import Store
package import WebServer
import Wire

/// Of whom somebody wants to hear (docs.joinmastodon.org/methods/notifications#get-policy).
package struct NotificationPolicyRoutes: Sendable {
    private let services: ClientServices

    package init(_ services: ClientServices) { self.services = services }

    package var routes: [Route] {
        let policy = "/api/v2/notifications/policy"
        return [
            Route(.get, policy, access: .token(.readNotifications)) { exchange in
                let account = try exchange.requireAccount().actor.id
                return try await answer(try await services.database.notificationPolicy(of: account), of: account)
            },
            Route(.patch, policy, access: .token(.writeNotifications)) { try await change($0) },
            Route(.put, policy, access: .token(.writeNotifications)) { try await change($0) },
        ]
    }

    /// What each field is called in the answer.
    private static var fields: [(name: String, path: WritableKeyPath<NotificationPolicy, NotificationTreatment>)] {
        [
            ("for_not_following", \.notFollowing), ("for_not_followers", \.notFollowers),
            ("for_new_accounts", \.newAccounts), ("for_private_mentions", \.privateMentions),
            ("for_limited_accounts", \.limitedAccounts),
        ]
    }

    private func change(_ exchange: Exchange) async throws -> Answer {
        let account = try exchange.requireAccount().actor.id
        let input = try exchange.input()
        var policy = try await services.database.notificationPolicy(of: account)
        for (name, path) in Self.fields {
            guard let wish = input.text(name), !wish.isEmpty else { continue }
            guard let treatment = NotificationTreatment(rawValue: wish) else {
                throw FieldError(field: name, message: "Use accept, filter or drop.")
            }
            policy[keyPath: path] = treatment
        }
        try await services.database.save(policy, of: account)
        return try await answer(policy, of: account)
    }

    private func answer(_ policy: NotificationPolicy, of account: ActorID) async throws -> Answer {
        var object = JSON.Object(Self.fields.map { ($0.name, .string(policy[keyPath: $0.path].rawValue)) })
        let pending = try await services.database.pendingNotifications(of: account)
        object["summary"] = [
            "pending_requests_count": .int(pending.requests),
            "pending_notifications_count": .int(pending.notifications),
        ]
        return .json(.object(object))
    }
}
