package import Foundation
package import Mentoring
package import PostgreSQL
package import Wire

extension Queryable {
    /// For how long a mentor of ours has requests keep their time; nil for one who has set no hours.
    package func holding(of mentor: ActorID) async throws -> Holding? {
        try await row("select holding from availabilities where actor_id = \(mentor)")?.get("holding")
    }

    /// What is kept for others and begins in a time.
    ///
    /// - Parameters:
    ///   - asker: whose time it is that they keep while writing; what their requests keep counts.
    ///   - session: is left out, because it is the one that is being decided.
    package func heldTimes(
        of mentor: ActorID, in time: Range<Date>, for asker: ActorID? = nil, except session: UUID? = nil, now: Date
    ) async throws -> [TakenTime] {
        try await heldTimes(of: [mentor], in: time, for: asker, except: session, now: now)[mentor] ?? []
    }

    /// The same of several.
    package func heldTimes(
        of mentors: [ActorID], in time: Range<Date>, for asker: ActorID? = nil, except session: UUID? = nil, now: Date
    ) async throws -> [ActorID: [TakenTime]] {
        let found = try await rows(
            """
            select mentor_id, starts_at, minutes, type, session_id is not null as is_request from held_times
            where mentor_id = any(\(mentors.map(\.rawValue))::bigint[])
                and starts_at >= \(time.lowerBound) and starts_at < \(time.upperBound)
                and \(Self.isKept(from: asker, session, now))
            """)
        return try Dictionary(grouping: found) { try $0.get("mentor_id") as ActorID }.mapValues { rows in
            try rows.map { row in
                let (start, minutes): (Date, Int) = try (row.get("starts_at"), row.get("minutes"))
                let isRequest: Bool = try row.get("is_request")
                return TakenTime(
                    start: start, end: start.addingTimeInterval(Double(minutes) * 60),
                    kind: isRequest ? .request : .hold, type: try row.get("type"))
            }
        }
    }

    /// Whether a time, or some of it, is kept for others, by the same account.
    package func isHeld(
        _ mentor: ActorID, during slot: Slot, for asker: ActorID? = nil, except session: UUID? = nil, now: Date
    ) async throws -> Bool {
        try await row(
            """
            select from held_times
            where mentor_id = \(mentor) and starts_at < \(slot.end)
                and starts_at + make_interval(mins => minutes) > \(slot.start)
                and \(Self.isKept(from: asker, session, now))
            limit 1
            """) != nil
    }

    private static func isKept(from asker: ActorID?, _ session: UUID?, _ now: Date) -> SQL {
        """
        until > \(now) and case when session_id is null then holder_id is distinct from \(asker)::bigint
            else session_id is distinct from \(session)::uuid end
        """
    }

    /// How many times of mentors somebody keeps while writing.
    package func holds(of holder: ActorID, now: Date) async throws -> Int {
        try await row(
            """
            select count(*) as n from held_times
            where holder_id = \(holder) and session_id is null and until > \(now)
            """
        )?.get("n") ?? 0
    }

    /// Gives back what somebody keeps while writing. False where they keep nothing of that id any more.
    package func release(hold id: UUID, of holder: ActorID, now: Date) async throws -> Bool {
        let isOver = try await row(
            """
            delete from held_times where id = \(id) and holder_id = \(holder) and session_id is null
            returning until <= \(now) as is_over
            """)
        return try isOver?.get("is_over") == false
    }

    /// Forgets what nobody keeps any more.
    package func forgetOldHolds() async throws {
        try await execute("delete from held_times where until < now() - interval '1 hour'")
    }
}

extension Transaction {
    /// Lets one transaction at a time decide what somebody keeps while writing. Taken before any calendar.
    package func lockHolds(of holder: ActorID) async throws {
        _ = try await row("select pg_advisory_xact_lock(hashtextextended('holds ' || \(holder.rawValue)::bigint, 0))")
    }

    /// Keeps a time, under the lock of the mentor's calendar.
    package func insert(_ held: HeldTime, now: Date) async throws {
        try await submit("delete from held_times where mentor_id = \(held.mentor) and until <= \(now)")
        try await execute(
            """
            insert into held_times (id, mentor_id, holder_id, type, starts_at, minutes, until, session_id)
            values (\(held.id), \(held.mentor), \(held.holder), \(held.type), \(held.start), \(held.minutes),
                \(held.until), \(held.session))
            """)
    }

    /// Gives back what somebody keeps of a mentor while writing.
    package func releaseHold(of holder: ActorID, with mentor: ActorID) async throws {
        try await submit(
            """
            delete from held_times where holder_id = \(holder) and mentor_id = \(mentor) and session_id is null
            """)
    }

    /// Gives back what a request keeps.
    package func releaseTime(of session: UUID) async throws {
        try await submit("delete from held_times where session_id = \(session)")
    }
}

extension Holding: SQLEncodable, SQLDecodable {
    package var sqlText: SQLText { description.sqlText }

    package init?(sqlText: String) { self.init(sqlText) }
}
