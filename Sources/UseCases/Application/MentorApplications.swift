package import Foundation
package import Mentoring
package import PostgreSQL
package import Social
import Store
package import Wire

/// Becoming a mentor where the community wants to know its mentors first.
package struct MentorApplications: Sendable {
    package let policy: MentoringPolicy
    package let voice: CommunityVoice
    private let profiles: Profiles

    package init(policy: MentoringPolicy, profiles: Profiles, voice: CommunityVoice) {
        self.policy = policy
        self.profiles = profiles
        self.voice = voice
    }

    package enum Outcome: Sendable {
        case made(MentorApplication)
        case conflict(ApplicationConflict)
    }

    /// - Throws: `InvalidFields` about the text.
    package func apply(_ text: String, by account: Account, in transaction: Transaction) async throws -> Outcome {
        let text = try ApplicationRules.checked(text: text)
        guard account.actor.kind == .person else {
            throw InvalidFields([FieldError(field: "", message: "A mentor is a person, and no bot.")])
        }
        let applicant = account.actor.id
        let conflict = ApplicationRules.conflict(
            of: text, after: try await transaction.latestApplication(of: applicant),
            isAdmitted: try await isAdmitted(applicant, in: transaction))
        if let conflict { return .conflict(conflict) }
        return try await transaction.insertApplication(text, of: applicant).map { .made($0) } ?? .conflict(.waiting)
    }

    package enum Verdict: Sendable {
        case approved
        case refused(reason: String)
    }

    package enum Answer: Sendable {
        case given(MentorApplication)
        /// Somebody was faster.
        case decidedBefore(MentorApplication)
    }

    /// What was written, the latest first, older than `before`.
    ///
    /// - Throws: `NotPermitted` for people who answer none.
    package func list(
        in state: MentorApplication.State?, before: Int64?, limit: Int, for reader: Account,
        in database: some Queryable
    ) async throws -> [MentorApplication] {
        try reader.require(.answerApplications)
        return try await database.applications(in: state, before: before, limit: limit)
    }

    /// Answers an application, and tells the applicant; nil when there is none of this number.
    ///
    /// - Parameter decider: nil for who sits at the server itself.
    /// - Throws: `NotPermitted` for people who answer none; `InvalidFields` about the reason.
    package func decide(
        _ id: Int64, _ verdict: Verdict, by decider: Account?, now: Date, in transaction: Transaction
    ) async throws -> Answer? {
        try decider?.require(.answerApplications)
        var reason: String?
        if case .refused(let text) = verdict { reason = try ApplicationRules.checked(reason: text) }
        guard let waiting = try await transaction.lockApplication(id) else { return nil }
        guard waiting.state == .waiting else { return .decidedBefore(waiting) }
        try await transaction.decide(id, MentorApplication.Decision(refusal: reason, at: now, by: decider?.actor.id))
        var isShown = false
        if reason == nil { isShown = try await admit(waiting.applicant, in: transaction) }
        guard let applicant = try await transaction.actor(id: waiting.applicant),
            let decided = try await transaction.lockApplication(id)
        else { throw StoreError.nothingReturned }
        try await voice.say(words(reason: reason, isShown: isShown), to: applicant, at: now, in: transaction)
        return .given(decided)
    }

    /// Where everybody may be a mentor, nobody waits for a yes that nobody would give.
    package func admitEverybody(in transaction: Transaction) async throws {
        guard policy.admission == .everybody else { return }
        for mentor in try await transaction.mentorsNotAdmitted() { _ = try await admit(mentor, in: transaction) }
    }

    /// Whether somebody may be a mentor without being asked anything.
    package func isAdmitted(_ actor: ActorID, in database: some Queryable) async throws -> Bool {
        if policy.admission == .everybody { return true }
        return try await database.profile(of: actor)?.isAdmitted ?? false
    }

    /// Gives whether there is a profile to show now.
    private func admit(_ mentor: ActorID, in transaction: Transaction) async throws -> Bool {
        guard let profile = try await transaction.lockProfile(of: mentor) else { return false }
        let admitted = profile.with(isAdmitted: true)
        try await transaction.save(admitted, of: mentor)
        try await profiles.touch(mentor, in: transaction)
        try await MentorSupply.renew(mentor, in: transaction)
        return admitted.isShown
    }

    private func words(reason: String?, isShown: Bool) -> String {
        guard let reason else {
            return "You are a mentor of \(voice.community.name) now."
                + (isShown ? " Your profile is shown, and people can ask you." : " Publish your profile, and people can ask you.")
        }
        return "Your application to be a mentor was not approved.\n\n“\(reason)”\n\nYou can apply again with another text."
    }
}
