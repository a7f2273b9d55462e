package import Mentoring
package import PostgreSQL
package import Social
import Store
import Wire

/// What people say about themselves as mentors.
package struct MentorProfiles: Sendable {
    private let database: Pool
    private let profiles: Profiles

    package init(database: Pool, profiles: Profiles) {
        self.database = database
        self.profiles = profiles
    }

    /// - Throws: `InvalidFields` with everything that is wrong.
    package func save(_ draft: ProfileDraft, of account: Account) async throws -> MentorProfile {
        try await database.transaction { transaction in
            let profile = try draft.checked(catalogue: try await transaction.catalogue())
            guard account.actor.kind == .person || !profile.isPublished else {
                throw InvalidFields([FieldError(field: "published", message: "A mentor is a person, and no bot.")])
            }
            try await transaction.save(profile, of: account.actor.id)
            try await profiles.touch(account.actor.id, in: transaction)
            return profile
        }
    }
}
