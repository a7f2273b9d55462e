package import Foundation
package import Keys
package import PostgreSQL
import Social
import Store
import Synchronization
package import Wire

/// Signing in with a password, as often as a person would try.
package final class SignIn: Sendable {
    private struct Attempts: Sendable {
        var clients = TokenBuckets<IPAddress>(burst: 25, perSecond: 25.0 / 300)
        var names = TokenBuckets<String>(burst: 10, perSecond: 10.0 / 300)
    }

    private let database: Pool
    private let hasher: PasswordHasher
    private let attempts = Mutex(Attempts())

    package init(database: Pool, hasher: PasswordHasher) {
        self.database = database
        self.hasher = hasher
    }

    package enum Refusal: Error, Equatable, Sendable {
        /// There is no such account, or its password is another: nobody is told which.
        case wrong
        /// Seconds to wait.
        case tooOften(TimeInterval)
    }

    /// - Parameter name: a username, with or without `@`, or an e-mail address.
    /// - Returns: the secret of a browser session.
    package func callAsFunction(_ name: String, password: String, from client: IPAddress, now: Date) async throws
        -> String
    {
        let name = name.trimmingCharacters(in: .whitespacesAndNewlines).lowercased()
        let wait = attempts.withLock { attempts in
            attempts.clients.take(client, at: now) ?? attempts.names.take(name, at: now)
        }
        if let wait { throw Refusal.tooOften(wait) }
        let stored = try await database.credentials(signingInAs: name)
        let isRight: Bool
        do throws(PasswordError) {
            isRight = try await hasher.matches(password, stored.flatMap { PasswordHash(storedText: $0.passwordHash) })
        } catch {
            switch error {
            case .tooLong: throw Refusal.wrong
            case .busy, .libraryFailure: throw Refusal.tooOften(5)
            }
        }
        guard let stored, isRight else { throw Refusal.wrong }
        let secret = Secret.make()
        try await database.insertBrowserSession(hash: Secret.hash(made: secret), account: stored.account)
        return secret
    }
}
