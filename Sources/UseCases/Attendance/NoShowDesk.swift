package import Foundation
package import Mentoring
package import PostgreSQL
package import Social
package import Store
package import Wire

/// Where people stand who did not come to sessions, and what moderators say where that is disputed.
package struct NoShowDesk: Sendable {
    package let ladder: NoShowLadder
    private let profiles: Profiles
    private let voice: CommunityVoice

    package init(ladder: NoShowLadder, profiles: Profiles, voice: CommunityVoice) {
        self.ladder = ladder
        self.profiles = profiles
        self.voice = voice
    }

    /// Where somebody stands in a role.
    package func attendance(
        of person: ActorID, as role: Role, at now: Date, in database: some Queryable
    ) async throws -> Attendance {
        try await database.attendance(of: person, as: role, ladder: ladder, at: now)
    }

    /// What is said of everybody, the latest first.
    ///
    /// - Throws: `NotPermitted` for people who judge nobody.
    package func list(
        in state: NoShow.State?, before: Int64?, limit: Int, for reader: Account, in database: some Queryable
    ) async throws -> [ListedNoShow] {
        try reader.require(.judgeNoShows)
        return try await database.noShows(in: state, before: before, limit: limit)
    }

    package enum Answer: Sendable {
        case given(NoShow)
        /// It is not disputed, or was decided before.
        case nothingToDecide(NoShow)
    }

    /// Says whether a disputed no-show counts, and tells the person; nil when there is none of this number.
    ///
    /// - Throws: `NotPermitted` for people who judge nobody.
    package func decide(
        _ number: Int64, counts: Bool, by moderator: Account, now: Date, in transaction: Transaction
    ) async throws -> Answer? {
        try moderator.require(.judgeNoShows)
        guard let noShow = try await transaction.lockNoShow(number) else { return nil }
        guard noShow.state == .disputed else { return .nothingToDecide(noShow) }
        try await transaction.decideNoShow(number, counts: counts, by: moderator.actor.id, at: now)
        guard let decided = try await transaction.lockNoShow(number),
            let person = try await transaction.actor(id: noShow.person)
        else { throw StoreError.nothingReturned }
        let verdict = counts ? "counts" : "does not count"
        try await tell(
            person, decided,
            "Somebody says that you did not come to a session, and you object. A moderator has decided: it \(verdict).",
            now: now, in: transaction)
        return .given(decided)
    }

    /// Tells those of a session whose absence counts by now, and has the ladder's step take effect.
    package func count(_ session: UUID, at now: Date, in transaction: Transaction) async throws {
        for noShow in try await transaction.lockUntoldNoShows(of: session, at: now) {
            guard let person = try await transaction.actor(id: noShow.person) else { continue }
            try await tell(person, noShow, "You did not come to a session, and that counts.", now: now, in: transaction)
        }
    }

    /// Who is of another community is judged by it.
    private func tell(
        _ person: Actor, _ noShow: NoShow, _ sentence: String, now: Date, in transaction: Transaction
    ) async throws {
        guard person.isLocal else { return }
        var words = [sentence]
        if noShow.counts(at: now) {
            try await transaction.markTold(noShow, at: now)
            let attendance = try await transaction.attendance(of: person.id, as: noShow.role, ladder: ladder, at: now)
            words.append(
                attendance.words(for: noShow.role)
                    ?? "Say so in time when you cannot come. Whoever misses more sessions can do less here for a while.")
            if noShow.role == .mentor, attendance.step == .paused, let end = attendance.until {
                try await pause(person.id, until: end, in: transaction)
            }
        }
        words.append(voice.community.addresses.session(noShow.session).string)
        try await voice.say(words.joined(separator: "\n\n"), to: person, at: now, in: transaction)
    }

    private func pause(_ mentor: ActorID, until end: Date, in transaction: Transaction) async throws {
        guard let profile = try await transaction.lockProfile(of: mentor),
            profile.isAccepting || profile.pausedBy == .noShows
        else { return }
        let paused = profile.paused(by: .noShows, until: ReturnDay(notBefore: end, in: profile.zone))
        try await transaction.save(paused, of: mentor)
        try await MentorReturn.schedule(paused, of: mentor, in: transaction)
        try await profiles.touch(mentor, in: transaction)
        try await MentorSupply.renew(mentor, in: transaction)
    }
}

extension Queryable {
    /// Where somebody stands in a role, by what counts at that time.
    package func attendance(
        of person: ActorID, as role: Role, ladder: NoShowLadder, at now: Date
    ) async throws -> Attendance {
        let memory = now.addingTimeInterval(-Double(ladder.memoryDays) * 86_400)
        let times = try await noShowTimes(of: person, as: role, since: memory, until: now)
        return Attendance(times, ladder: ladder, now: now)
    }
}
