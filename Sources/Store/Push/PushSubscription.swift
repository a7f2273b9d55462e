import PostgreSQL
package import Wire

/// Where a program wants to be told at once what its person is told, and of what (RFC 8030).
package struct PushSubscription: Sendable {
    /// Of whose doings.
    package enum Policy: String, SQLEncodable, SQLDecodable, CaseIterable, Sendable {
        case all, followed, follower, none
    }

    package var endpoint: URI
    /// The program's point of P-256 and its secret.
    package var key: [UInt8]
    package var secret: [UInt8]
    /// Whether messages are encrypted as in RFC 8291, and not as in its draft.
    package var isStandard: Bool
    package var alerts: Set<ClientNotificationKind>
    package var policy: Policy
    /// The program's token, as the one who sends can open it.
    package var sealedToken: [UInt8]

    package init(
        endpoint: URI, key: [UInt8], secret: [UInt8], isStandard: Bool, alerts: Set<ClientNotificationKind>,
        policy: Policy, sealedToken: [UInt8]
    ) {
        self.endpoint = endpoint
        self.key = key
        self.secret = secret
        self.isStandard = isStandard
        self.alerts = alerts
        self.policy = policy
        self.sealedToken = sealedToken
    }
}

/// A subscription as it is kept.
package struct StoredPushSubscription: Sendable {
    /// A small number: several clients hold it in 32 bits.
    package let id: Int32
    package let token: Int64
    package let account: ActorID
    package let subscription: PushSubscription
}
