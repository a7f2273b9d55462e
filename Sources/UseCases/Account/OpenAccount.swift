package import Keys
package import PostgreSQL
package import Social
import Store
import Wire

/// Opens an account in this community: its actor, its two key pairs, its password.
package struct OpenAccount: Sendable {
    private let database: Pool
    private let community: Community
    private let hasher: PasswordHasher

    package init(database: Pool, community: Community, hasher: PasswordHasher) {
        self.database = database
        self.community = community
        self.hasher = hasher
    }

    /// - Throws: ``InvalidFields`` naming `username` or `email` when they are taken.
    package func callAsFunction(_ draft: AccountDraft) async throws -> Account {
        let hash = try await hasher.hash(draft.password).storedText
        return try await database.transaction { transaction in
            let addresses = community.addresses
            let uri = addresses.actor(draft.username)
            let id = try await transaction.insertLocalActor(
                uri: uri, kind: .person, username: draft.username.description, name: draft.name,
                url: addresses.profilePage(draft.username), inbox: addresses.inbox(of: uri),
                sharedInbox: addresses.sharedInbox, domain: community.domain)
            guard let id else {
                throw InvalidFields([FieldError(field: "username", message: "'\(draft.username)' is taken.")])
            }
            guard try await transaction.insertAccount(id, email: draft.email, passwordHash: hash, role: draft.role)
            else {
                throw InvalidFields([FieldError(field: "email", message: "Another account has this address.")])
            }
            try await transaction.replaceKeys(of: id, with: try KeyPairs.generate(for: uri, id: id, at: addresses))
            guard let account = try await transaction.account(id: id) else { throw StoreError.nothingReturned }
            return account
        }
    }
}
