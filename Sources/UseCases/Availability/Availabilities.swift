package import Foundation
package import Mentoring
package import PostgreSQL
package import Social
import Store
package import Wire

/// When mentors of this community take sessions: what they set, and what follows from it for whoever asks.
package struct Availabilities: Sendable {
    /// Sessions that are listed for action at most.
    package static let mostInside = 100

    private let database: Pool
    private let profiles: Profiles?

    /// - Parameter profiles: tells others what changes in a mentor's profile; only who changes something needs it.
    package init(database: Pool, profiles: Profiles? = nil) {
        self.database = database
        self.profiles = profiles
    }

    /// What a mentor has set, with the open sessions that lie in absences not yet over: the mentor has to do something
    /// about each of them.
    package struct Settings: Sendable {
        package let availability: Availability
        package let inAbsences: [Session]
    }

    /// - Throws: `InvalidFields` with everything that is wrong.
    package func save(_ draft: AvailabilityDraft, of account: Account, now: Date) async throws -> Settings {
        try await database.transaction { transaction in
            let availability = try draft.checked(catalogue: try await transaction.catalogue())
            let before = try await transaction.holding(of: account.actor.id)
            try await transaction.save(availability, of: account.actor.id)
            // Their actor says where the times are, and for how long requests keep theirs.
            if availability.holding != before, try await transaction.profile(of: account.actor.id)?.isShown == true {
                try await profiles?.touch(account.actor.id, in: transaction)
            }
            try await MentorSupply.renew(account.actor.id, in: transaction)
            return try await settings(availability, of: account, now: now, in: transaction)
        }
    }

    package func settings(of account: Account, now: Date) async throws -> Settings? {
        guard let availability = try await database.availability(of: account.actor.id) else { return nil }
        return try await settings(availability, of: account, now: now, in: database)
    }

    private func settings(
        _ availability: Availability, of account: Account, now: Date, in store: some Queryable
    ) async throws -> Settings {
        let times = availability.absenceTimes.filter { $0.upperBound > now }
        return Settings(
            availability: availability,
            inAbsences: try await store.openSessions(of: account.actor.id, during: times, limit: Self.mostInside))
    }

    /// nil for a mentor who has set nothing and can be asked for any time.
    package func search(_ mentor: ActorID, _ question: SlotQuestion, for asker: ActorID? = nil, now: Date) async throws
        -> SlotSearch?
    {
        try await database.slotSearch(
            of: mentor, type: question.type, minutes: question.minutes, in: question.time, for: asker, now: now)
    }

    /// The free times nearest to that of a session that cannot have it, as far as its mentor has set any.
    package func nearest(to session: Session, now: Date) async throws -> [Date] {
        let search = try await database.slotSearch(
            of: session.mentor, type: session.kind.name, minutes: session.slot.minutes,
            in: SlotSearch.timeAround(session.slot.start), for: session.mentee, except: session.id, now: now)
        return search?.nearest(to: session.slot.start) ?? []
    }
}

extension Queryable {
    /// The search for a session of a mentor; nil for a mentor who has set nothing and can be asked for any time.
    ///
    /// - Parameters:
    ///   - time: in which starts will be looked for.
    ///   - asker: for whom it is: what they keep while writing is not in their way.
    ///   - session: does not count, because it is the one that is being decided.
    func slotSearch(
        of mentor: ActorID, type: String, minutes: Int, in time: Range<Date>, for asker: ActorID? = nil,
        except session: UUID? = nil, now: Date
    ) async throws -> SlotSearch? {
        guard let availability = try await availability(of: mentor) else { return nil }
        let known = SlotSearch.timeToKnow(for: time)
        let taken = try await takenTimes(of: mentor, in: known, except: session)
            + heldTimes(of: mentor, in: known, for: asker, except: session, now: now)
            + calendarTimes(of: mentor, in: known, except: session)
        return SlotSearch(availability, type: type, minutes: minutes, taken: taken, now: now)
    }

    /// The searches for sessions of several mentors, for nobody's session in particular; those who have set nothing are
    /// left out.
    ///
    /// - Parameter sessions: the type and the length that are looked for, by mentor.
    func slotSearches(
        _ sessions: [ActorID: (type: String, minutes: Int)], in time: Range<Date>, for asker: ActorID, now: Date
    ) async throws -> [ActorID: SlotSearch] {
        let availabilities = try await availabilities(of: Array(sessions.keys))
        guard !availabilities.isEmpty else { return [:] }
        let (mentors, known) = (Array(availabilities.keys), SlotSearch.timeToKnow(for: time))
        let taken = try await takenTimes(of: mentors, in: known)
        let held = try await heldTimes(of: mentors, in: known, for: asker, now: now)
        let busy = try await calendarTimes(of: mentors, in: known)
        var searches: [ActorID: SlotSearch] = [:]
        for (mentor, availability) in availabilities {
            guard let session = sessions[mentor] else { continue }
            let all = [taken, held, busy].flatMap { $0[mentor] ?? [] }
            searches[mentor] = SlotSearch(
                availability, type: session.type, minutes: session.minutes, taken: all, now: now)
        }
        return searches
    }
}
