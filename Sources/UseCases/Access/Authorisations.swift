package import Foundation
import Keys
package import PostgreSQL
package import Social
package import Store

/// Consent of people, and the tokens that apps get for it (RFC 6749 section 4.1 with RFC 7636).
package struct Authorisations: Sendable {
    private let database: Pool

    package init(database: Pool) { self.database = database }

    /// Seconds for which a code can be used: an app does it at once, a person who copies it needs a while.
    package static let codeLifetime = 60.0
    package static let shownCodeLifetime = 600.0

    package enum Refusal: Error, Equatable, Sendable {
        /// The code is unknown, used, too old, or was given to another app or for another address.
        case code
        /// What the app shows does not fit what it announced.
        case verifier
    }

    /// A code for what somebody has just agreed to.
    package func code(for consent: Consent, now: Date) async throws -> String {
        let code = Secret.make()
        let lifetime = consent.redirect == .outOfBand ? Self.shownCodeLifetime : Self.codeLifetime
        try await database.insertCode(
            hash: Secret.hash(made: code), consent, until: now.addingTimeInterval(lifetime))
        return code
    }

    /// A token for a code, once. A code that comes a second time ends the token that it was given for: one of the two
    /// who have it has stolen it (RFC 9700 section 4.5).
    package func exchange(_ code: String, by app: App, redirect: String, verifier: String?, now: Date) async throws -> (
        token: String, scopes: [Scope]
    ) {
        guard let hash = Secret.hash(code) else { throw Refusal.code }
        let token = Secret.make()
        let consent = try await database.transaction { transaction -> Consent? in
            guard let consent = try await transaction.useCode(hash: hash, now: now) else {
                try await transaction.deleteTokens(code: hash)
                return nil
            }
            guard consent.app == app.id, consent.redirect.text == redirect else { throw Refusal.code }
            guard Self.fits(verifier, consent.challenge) else { throw Refusal.verifier }
            try await transaction.insertToken(
                hash: Secret.hash(made: token), name: app.name, scopes: consent.scopes, account: consent.account,
                app: app.id, code: hash)
            return consent
        }
        guard let consent else { throw Refusal.code }
        return (token, consent.scopes)
    }

    /// A verifier without a challenge is refused, too: somebody may have taken the challenge out on the way.
    private static func fits(_ verifier: String?, _ challenge: String?) -> Bool {
        guard let challenge else { return verifier == nil }
        guard let verifier, (43...128).contains(verifier.utf8.count) else { return false }
        let digest = Base64.encode(Digest.sha256(Array(verifier.utf8)), as: .urlSafe)
        return constantTimeEqual(Array(digest.utf8), Array(challenge.utf8))
    }
}
