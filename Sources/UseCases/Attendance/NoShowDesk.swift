package import Foundation
package import Mentoring
package import PostgreSQL
package import Social
package import Store
package import Wire

/// Where people stand who did not come to sessions, and what moderators say where that is disputed.
package struct NoShowDesk: Sendable {
    package let ladder: NoShowLadder
    private let voice: CommunityVoice

    package init(ladder: NoShowLadder, voice: CommunityVoice) {
        self.ladder = ladder
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
        if person.isLocal {
            let page = voice.community.addresses.session(noShow.session).string
            let verdict = counts ? "counts" : "does not count"
            try await voice.say(
                "Somebody says that you did not come to a session, and you object. A moderator has decided: it "
                    + "\(verdict).\n\n\(page)",
                to: person, at: now, in: transaction)
        }
        return .given(decided)
    }
}

extension Queryable {
    /// Keeps what a mentee says to a mentor's word that they did not come: it counts no more unless a moderator says
    /// so. False where there is no such word that waits. (A mentor objects to what decides the session, which travels.)
    package func object(with reason: Reason, to session: UUID, as role: Role?) async throws -> Bool {
        guard role == .mentee, let words = reason.text else { return false }
        return try await objectToNoShow(of: .mentee, in: session, words: words)
    }

    /// Where somebody stands in a role, by what counts at that time.
    package func attendance(
        of person: ActorID, as role: Role, ladder: NoShowLadder, at now: Date
    ) async throws -> Attendance {
        let memory = now.addingTimeInterval(-Double(ladder.memoryDays) * 86_400)
        let times = try await noShowTimes(of: person, as: role, since: memory, until: now)
        return Attendance(times, ladder: ladder, now: now)
    }
}
