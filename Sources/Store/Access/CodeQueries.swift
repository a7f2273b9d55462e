package import Foundation
package import PostgreSQL
package import Social
package import Wire

/// A person's consent to what an app asked for.
package struct Consent: Sendable {
    package let app: Int64
    package let account: ActorID
    package let redirect: RedirectAddress
    package let scopes: [Scope]
    /// Base64url of the SHA-256 of what the app will have to show (RFC 7636 section 4.2).
    package let challenge: String?

    package init(app: Int64, account: ActorID, redirect: RedirectAddress, scopes: [Scope], challenge: String?) {
        self.app = app
        self.account = account
        self.redirect = redirect
        self.scopes = scopes
        self.challenge = challenge
    }
}

extension Queryable {
    package func insertCode(hash: [UInt8], _ consent: Consent, until end: Date) async throws {
        _ = try await execute(
            """
            insert into authorization_codes (hash, app_id, account_id, redirect, scopes, challenge, ends_at)
            values (\(hash), \(consent.app), \(consent.account), \(consent.redirect.text),
                \(consent.scopes.map(\.rawValue)), \(consent.challenge), \(end))
            """)
    }

    /// Uses a code up: of two at the same moment one gets it.
    ///
    /// - Returns: nil when it does not exist, is used or too old.
    package func useCode(hash: [UInt8], now: Date) async throws -> Consent? {
        try await row(
            """
            update authorization_codes set used_at = \(now)
            where hash = \(hash) and used_at is null and ends_at > \(now)
            returning app_id, account_id, redirect, scopes, challenge
            """
        ).flatMap { row in
            let redirect: String = try row.get("redirect")
            let scopes: [String] = try row.get("scopes")
            return try RedirectAddress(redirect).map { redirect in
                Consent(
                    app: try row.get("app_id"), account: try row.get("account_id"), redirect: redirect,
                    scopes: scopes.compactMap { Scope(rawValue: $0) }, challenge: try row.get("challenge"))
            }
        }
    }

    /// Forgets codes that ended a day ago: until then their second use can be told.
    package func forgetOldCodes() async throws {
        _ = try await execute("delete from authorization_codes where ends_at < now() - interval '1 day'")
    }
}
