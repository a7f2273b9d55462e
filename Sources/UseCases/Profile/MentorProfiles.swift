package import Foundation
package import Mentoring
package import PostgreSQL
package import Social
import Store
package import Wire

/// What people say about themselves as mentors.
package struct MentorProfiles: Sendable {
    private let database: Pool
    private let profiles: Profiles
    private let policy: MentoringPolicy

    package init(database: Pool, profiles: Profiles, policy: MentoringPolicy = MentoringPolicy()) {
        self.database = database
        self.profiles = profiles
        self.policy = policy
    }

    /// Writes a whole profile.
    ///
    /// - Throws: `InvalidFields` with everything that is wrong.
    package func save(_ draft: ProfileDraft, of account: Account, now: Date) async throws -> MentorProfile {
        try await database.transaction { transaction in
            let earlier = try await transaction.lockProfile(of: account.actor.id)
            return try await save(draft, of: account, earlier: earlier, now: now, in: transaction)
        }
    }

    /// Writes what `change` makes of the profile as it stands; nil where there is none.
    ///
    /// - Throws: `InvalidFields` with everything that is wrong.
    package func change(
        of account: Account, now: Date, _ change: @Sendable (MentorProfile) throws -> ProfileDraft
    ) async throws -> MentorProfile? {
        try await database.transaction { transaction in
            guard let earlier = try await transaction.lockProfile(of: account.actor.id) else { return nil }
            return try await save(try change(earlier), of: account, earlier: earlier, now: now, in: transaction)
        }
    }

    /// The day has come for which somebody who pauses said that they take requests again. Where they said something else
    /// since, nothing happens.
    package func bringBack(_ mentor: ActorID, on day: ReturnDay) async throws {
        try await database.transaction { transaction in
            guard let profile = try await transaction.lockProfile(of: mentor), profile.returnsOn == day,
                try await barrier(to: mentor, now: Date(), in: transaction) == nil
            else { return }
            try await resume(profile, of: mentor, now: Date(), in: transaction)
        }
    }

    /// Lets a mentor take requests again, however they came to pause; nil where there is no profile.
    ///
    /// - Throws: `InvalidFields` while they are paused because they did not come to sessions.
    package func resume(_ mentor: ActorID, now: Date) async throws -> MentorProfile? {
        try await database.transaction { transaction in
            guard let profile = try await transaction.lockProfile(of: mentor) else { return nil }
            guard !profile.isAccepting else { return profile }
            if let barrier = try await barrier(to: mentor, now: now, in: transaction) { throw InvalidFields([barrier]) }
            return try await resume(profile, of: mentor, now: now, in: transaction)
        }
    }

    @discardableResult
    private func resume(
        _ profile: MentorProfile, of mentor: ActorID, now: Date, in transaction: Transaction
    ) async throws -> MentorProfile {
        let resumed = profile.with(isAccepting: true)
        try await transaction.save(resumed, of: mentor)
        try await transaction.markAwake(mentor, at: now)
        try await profiles.touch(mentor, in: transaction)
        try await MentorSupply.renew(mentor, in: transaction)
        return resumed
    }

    private func save(
        _ draft: ProfileDraft, of account: Account, earlier: MentorProfile?, now: Date, in transaction: Transaction
    ) async throws -> MentorProfile {
        let written = try draft.checked(catalogue: try await transaction.catalogue(), now: now, earlier: earlier)
            .with(isAdmitted: try await isAdmitted(account.actor.id, earlier: earlier, in: transaction))
        let profile = written.continuing(earlier)
        if profile.isAccepting, let barrier = try await barrier(to: account.actor.id, now: now, in: transaction) {
            throw InvalidFields([barrier])
        }
        guard account.actor.kind == .person || !profile.isPublished else {
            throw InvalidFields([FieldError(field: "published", message: "A mentor is a person, and no bot.")])
        }
        try await transaction.save(profile, of: account.actor.id)
        if earlier?.isAccepting == false, profile.isAccepting {
            try await transaction.markAwake(account.actor.id, at: now)
        }
        try await MentorReturn.schedule(profile, of: account.actor.id, in: transaction)
        try await profiles.touch(account.actor.id, in: transaction)
        try await MentorSupply.renew(account.actor.id, in: transaction)
        return profile
    }

    /// What keeps a mentor from taking requests, whatever they want.
    private func barrier(to mentor: ActorID, now: Date, in transaction: Transaction) async throws -> FieldError? {
        try await transaction.attendance(of: mentor, as: .mentor, ladder: policy.noShows, at: now).words(for: .mentor)
            .map { FieldError(field: "accepting", message: $0) }
    }

    /// Who is a mentor stays one, whatever the community decides later.
    private func isAdmitted(
        _ actor: ActorID, earlier: MentorProfile?, in transaction: Transaction
    ) async throws -> Bool {
        if let earlier, earlier.isAdmitted { return true }
        if policy.admission == .everybody { return true }
        return try await transaction.latestApplication(of: actor)?.state == .approved
    }
}
