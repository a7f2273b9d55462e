import JSONTree
import Push
import Social
import Store
package import WebServer
import Wire

/// Programs that want to be told at once (docs.joinmastodon.org/methods/push): one subscription for each token.
package struct PushRoutes: Sendable {
    private let services: ClientServices

    package init(_ services: ClientServices) { self.services = services }

    package var routes: [Route] {
        let subscription = "/api/v1/push/subscription"
        return [
            Route(.post, subscription, access: .token(.push), pace: .rare) { try await subscribe($0) },
            Route(.get, subscription, access: .token(.push)) { exchange in
                try answer(try await services.push.subscription(of: try Self.token(exchange)))
            },
            Route(.put, subscription, access: .token(.push)) { exchange in
                let input = try exchange.input()
                let (alerts, policy) = try Self.wishes(input)
                return try answer(
                    try await services.push.change(of: try Self.token(exchange), alerts: alerts, policy: policy))
            },
            Route(.delete, subscription, access: .token(.push)) { exchange in
                try await services.push.end(of: try Self.token(exchange))
                return .json([:])
            },
        ]
    }

    private func subscribe(_ exchange: Exchange) async throws -> Answer {
        let account = try exchange.requireAccount().actor.id
        guard let token = exchange.bearerToken else { throw Problem.unauthorised }
        let input = try exchange.input()
        let wished = input.nested("subscription")
        let (alerts, policy) = try Self.wishes(input)
        let draft = try SubscriptionDraft(
            endpoint: wished?.text("endpoint") ?? "", key: wished?.nested("keys")?.text("p256dh") ?? "",
            secret: wished?.nested("keys")?.text("auth") ?? "", isStandard: wished?.flag("standard") ?? false,
            alerts: alerts ?? [], policy: policy ?? .all)
        return try answer(
            try await services.push.subscribe(draft, for: account, token: token, id: try Self.token(exchange)))
    }

    private static func token(_ exchange: Exchange) throws -> Int64 {
        guard let grant = exchange.grant else { throw Problem.unauthorised }
        return grant.id
    }

    /// What is not said is nil. Of alerts that are said at all, those that are not named are not wanted.
    private static func wishes(_ input: Input) throws(FieldError) -> (
        alerts: Set<ClientNotificationKind>?, policy: PushSubscription.Policy?
    ) {
        let data = input.nested("data")
        let alerts = data?.nested("alerts").map { alerts in
            Set(ClientNotificationKind.allCases.filter { alerts.flag($0.rawValue) ?? false })
        }
        guard let name = data?.text("policy") ?? input.text("policy"), !name.isEmpty else { return (alerts, nil) }
        guard let policy = PushSubscription.Policy(rawValue: name) else {
            throw FieldError(field: "policy", message: "Use all, followed, follower or none.")
        }
        return (alerts, policy)
    }

    private func answer(_ stored: StoredPushSubscription?) throws -> Answer {
        guard let stored else { throw Problem.notFound }
        let subscription = stored.subscription
        let alerts = ClientNotificationKind.allCases.map { kind -> (String, JSON?) in
            (kind.rawValue, .bool(subscription.alerts.contains(kind)))
        }
        return .json([
            "id": .int(Int(stored.id)), "endpoint": .string(subscription.endpoint.string),
            "standard": .bool(subscription.isStandard), "alerts": .object(JSON.Object(alerts)),
            "policy": .string(subscription.policy.rawValue), "server_key": .string(services.push.key.text),
        ])
    }
}
