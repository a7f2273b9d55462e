import PostgreSQL
package import Wire

extension Queryable {
    /// Makes a subscription the only one of its token.
    package func replacePushSubscription(
        _ subscription: PushSubscription, of account: ActorID, token: Int64
    ) async throws -> StoredPushSubscription {
        // Jobs for one host wait in one lane, so that a slow one keeps nothing of others back.
        let stored = try await row(
            """
            insert into push_subscriptions
                (token_id, account_id, endpoint, lane, key, secret, is_standard, alerts, policy, sealed_token)
            values (\(token), \(account), \(subscription.endpoint), \("push \(subscription.endpoint.authority)"),
                \(subscription.key), \(subscription.secret), \(subscription.isStandard),
                \(subscription.alerts.map(\.rawValue).sorted()), \(subscription.policy), \(subscription.sealedToken))
            on conflict (token_id) do update set endpoint = excluded.endpoint, lane = excluded.lane, key = excluded.key,
                secret = excluded.secret, is_standard = excluded.is_standard, alerts = excluded.alerts,
                policy = excluded.policy, sealed_token = excluded.sealed_token, created_at = now()
            returning \(StoredPushSubscription.columns)
            """
        ).map(StoredPushSubscription.init)
        guard let stored else { throw StoreError.nothingReturned }
        return stored
    }

    package func pushSubscription(ofToken token: Int64) async throws -> StoredPushSubscription? {
        try await row("select \(StoredPushSubscription.columns) from push_subscriptions where token_id = \(token)")
            .map(StoredPushSubscription.init)
    }

    package func pushSubscription(_ id: Int32) async throws -> StoredPushSubscription? {
        try await row("select \(StoredPushSubscription.columns) from push_subscriptions where id = \(id)")
            .map(StoredPushSubscription.init)
    }

    package func updatePushSubscription(
        ofToken token: Int64, alerts: Set<ClientNotificationKind>, policy: PushSubscription.Policy
    ) async throws -> StoredPushSubscription? {
        try await row(
            """
            update push_subscriptions set alerts = \(alerts.map(\.rawValue).sorted()), policy = \(policy)
            where token_id = \(token) returning \(StoredPushSubscription.columns)
            """
        ).map(StoredPushSubscription.init)
    }

    package func deletePushSubscription(ofToken token: Int64) async throws {
        _ = try await execute("delete from push_subscriptions where token_id = \(token)")
    }

    /// Ends a subscription that its service no longer knows, unless the program named another endpoint meanwhile.
    package func deletePushSubscription(_ id: Int32, at endpoint: URI) async throws {
        _ = try await execute("delete from push_subscriptions where id = \(id) and endpoint = \(endpoint)")
    }

    /// The community's own key as PKCS#8: what was there first, however many begin at once.
    package func pushKey(orKeep pem: String) async throws -> String {
        _ = try await execute("insert into push_key (private_pem) values (\(pem)) on conflict do nothing")
        guard let kept = try await pushKey() else { throw StoreError.nothingReturned }
        return kept
    }

    package func pushKey() async throws -> String? {
        try await row("select private_pem from push_key").map { try $0.get("private_pem") }
    }
}

extension StoredPushSubscription {
    static let columns: SQL = """
        id, token_id, account_id, endpoint, key, secret, is_standard, alerts, policy, sealed_token
        """

    init(_ row: Row) throws {
        let alerts: [String] = try row.get("alerts")
        self.init(
            id: try row.get("id"), token: try row.get("token_id"), account: try row.get("account_id"),
            subscription: PushSubscription(
                endpoint: try row.get("endpoint"), key: try row.get("key"), secret: try row.get("secret"),
                isStandard: try row.get("is_standard"),
                alerts: Set(alerts.compactMap { ClientNotificationKind(rawValue: $0) }), policy: try row.get("policy"),
                sealedToken: try row.get("sealed_token")))
    }
}
