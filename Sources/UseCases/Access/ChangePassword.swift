package import Keys
package import PostgreSQL
package import Social
import Store
import Wire

/// Gives an account another password; whoever is signed in anywhere has to do it again.
package struct ChangePassword: Sendable {
    private let database: Pool
    private let hasher: PasswordHasher

    package init(database: Pool, hasher: PasswordHasher) {
        self.database = database
        self.hasher = hasher
    }

    /// - Throws: ``InvalidFields`` at `password`.
    package func callAsFunction(_ password: String, of account: Account) async throws {
        guard AccountDraft.passwordLength.contains(password.utf8.count) else {
            throw InvalidFields([FieldError(field: "password", message: "Use 12 to 1024 bytes.")])
        }
        let hash = try await hasher.hash(password).storedText
        try await database.transaction { transaction in
            try await transaction.setPassword(hash, of: account.actor.id)
            try await transaction.endAllAccess(of: account.actor.id)
        }
    }
}
