package import Outbound
package import PostgreSQL
package import Store
package import Wire

/// What programs do about being told at once: each token has one subscription, or none.
package struct Subscriptions: Sendable {
    package let key: PushKey
    private let database: Pool
    private let client: GuardedClient

    package init(database: Pool, key: PushKey, client: GuardedClient) {
        self.database = database
        self.key = key
        self.client = client
    }

    /// Subscribes the program that holds a token, instead of what it had before.
    ///
    /// - Parameter token: as the program shows it.
    package func subscribe(_ draft: SubscriptionDraft, for account: ActorID, token: String, id: Int64) async throws
        -> StoredPushSubscription
    {
        // Only what can never be reached: a name that is not found just now is tried when there is something to send.
        if let error = await client.judge(draft.endpoint), !error.isTransient {
            throw FieldError(field: "subscription[endpoint]", message: "This address may not be reached from here.")
        }
        return try await database.replacePushSubscription(
            PushSubscription(
                endpoint: draft.endpoint, key: draft.key, secret: draft.secret, isStandard: draft.isStandard,
                alerts: draft.alerts, policy: draft.policy, sealedToken: try key.seal(token, of: id)),
            of: account, token: id)
    }

    package func subscription(of token: Int64) async throws -> StoredPushSubscription? {
        try await database.pushSubscription(ofToken: token)
    }

    /// Nil leaves a thing as it is.
    ///
    /// - Returns: nil where there is no subscription.
    package func change(
        of token: Int64, alerts: Set<ClientNotificationKind>?, policy: PushSubscription.Policy?
    ) async throws -> StoredPushSubscription? {
        try await database.transaction { transaction in
            guard let before = try await transaction.pushSubscription(ofToken: token)?.subscription else { return nil }
            return try await transaction.updatePushSubscription(
                ofToken: token, alerts: alerts ?? before.alerts, policy: policy ?? before.policy)
        }
    }

    package func end(of token: Int64) async throws { try await database.deletePushSubscription(ofToken: token) }
}
