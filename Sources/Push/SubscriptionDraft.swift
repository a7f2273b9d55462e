import Keys
package import Store
package import Wire

/// What a program tells when it subscribes, checked.
package struct SubscriptionDraft: Sendable {
    let endpoint: URI
    let key: [UInt8]
    let secret: [UInt8]
    let isStandard: Bool
    let alerts: Set<ClientNotificationKind>
    let policy: PushSubscription.Policy

    /// - Parameters:
    ///   - key: `p256dh` in Base64 of either kind, padded or not.
    ///   - secret: `auth`, likewise.
    package init(
        endpoint: String, key: String, secret: String, isStandard: Bool, alerts: Set<ClientNotificationKind>,
        policy: PushSubscription.Policy
    ) throws(FieldError) {
        guard let endpoint = URI(endpoint), endpoint.scheme == .https else {
            throw FieldError(field: "subscription[endpoint]", message: "Give an https address.")
        }
        guard let point = Self.bytes(key), let auth = Self.bytes(secret), PushReceiver(key: point, secret: auth) != nil
        else {
            throw FieldError(
                field: "subscription[keys]", message: "Give an uncompressed point of P-256 and a secret of 16 bytes.")
        }
        self.endpoint = endpoint.withoutFragment
        self.key = point
        self.secret = auth
        self.isStandard = isStandard
        self.alerts = alerts
        self.policy = policy
    }

    private static func bytes(_ text: String) -> [UInt8]? {
        guard text.utf8.count <= 200 else { return nil }
        let digits = text.utf8.reversed().drop { $0 == UInt8(ascii: "=") }.reversed().map { character in
            switch character {
            case UInt8(ascii: "+"): UInt8(ascii: "-")
            // In a form that was not escaped, a plus has become a space.
            case UInt8(ascii: " "): UInt8(ascii: "-")
            case UInt8(ascii: "/"): UInt8(ascii: "_")
            default: character
            }
        }
        return Base64.decode(digits, as: .urlSafe)
    }
}
