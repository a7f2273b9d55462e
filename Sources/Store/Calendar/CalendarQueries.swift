package import Foundation
package import Mentoring
package import PostgreSQL
package import Wire

extension Queryable {
    /// Oldest first.
    package func calendars(of owner: ActorID) async throws -> [OutsideCalendar] {
        try await rows(
            "select \(OutsideCalendar.columns) from calendars where actor_id = \(owner) order by id"
        ).map(OutsideCalendar.init)
    }

    package func calendar(_ id: Int64) async throws -> OutsideCalendar? {
        try await row("select \(OutsideCalendar.columns) from calendars where id = \(id)").map(OutsideCalendar.init)
    }

    /// For whoever is going to change it: nobody else does until this transaction ends.
    package func lockOutsideCalendar(_ id: Int64) async throws -> OutsideCalendar? {
        try await row(
            "select \(OutsideCalendar.columns) from calendars where id = \(id) for update"
        ).map(OutsideCalendar.init)
    }

    /// For whoever is going to add one: nobody else does until this transaction ends.
    package func lockOutsideCalendars(of owner: ActorID) async throws {
        _ = try await row("select actor_id from accounts where actor_id = \(owner) for update")
    }

    package func insert(_ calendar: CalendarDraft.Checked, of owner: ActorID, at now: Date) async throws
        -> OutsideCalendar
    {
        guard
            let row = try await row(
                """
                insert into calendars (actor_id, name, address, next_try_at)
                values (\(owner), \(calendar.name), \(calendar.address), \(now))
                returning \(OutsideCalendar.columns)
                """)
        else { throw StoreError.nothingReturned }
        return try OutsideCalendar(row)
    }

    /// Writes how reading it went.
    package func update(_ calendar: OutsideCalendar) async throws {
        _ = try await execute(
            """
            update calendars set next_try_at = \(calendar.nextTryAt), last_tried_at = \(calendar.lastTriedAt),
                last_good_at = \(calendar.lastGoodAt), failures = \(calendar.failures),
                problem = \(calendar.failure), is_told = \(calendar.isTold), unreadable = \(calendar.unreadable),
                etag = \(calendar.copy?.etag), modified = \(calendar.copy?.modified),
                digest = \(calendar.copy?.digest), zone = \(calendar.copy?.zone.name), read_at = \(calendar.copy?.readAt)
            where id = \(calendar.id)
            """)
    }

    package func deleteCalendar(_ id: Int64, of owner: ActorID) async throws -> Bool {
        try await execute("delete from calendars where id = \(id) and actor_id = \(owner)") == 1
    }

    /// Calendars that should have been read before some time.
    package func calendarsDue(before time: Date) async throws -> [OutsideCalendar] {
        try await rows(
            "select \(OutsideCalendar.columns) from calendars where next_try_at < \(time) order by next_try_at"
        ).map(OutsideCalendar.init)
    }
}

extension OutsideCalendar {
    fileprivate static let columns: SQL = """
        id, actor_id, name, address, next_try_at, last_tried_at, last_good_at, failures, problem, is_told, unreadable,
        etag, modified, digest, zone, read_at,
        (select count(*) from calendar_times where calendar_id = calendars.id) as busy
        """

    fileprivate init(_ row: Row) throws {
        let (digest, readAt): ([UInt8]?, Date?) = try (row.get("digest"), row.get("read_at"))
        // One that the time zone database has lost since is only read anew.
        let zone = try (row.get("zone") as String?).flatMap { TimeZoneName($0) }
        var copy: Copy?
        if let digest, let readAt, let zone {
            copy = Copy(
                etag: try row.get("etag"), modified: try row.get("modified"), digest: digest, zone: zone, readAt: readAt
            )
        }
        self.init(
            id: try row.get("id"), owner: try row.get("actor_id"), name: try row.get("name"),
            address: try row.get("address"), nextTryAt: try row.get("next_try_at"),
            lastTriedAt: try row.get("last_tried_at"), lastGoodAt: try row.get("last_good_at"),
            failures: try row.get("failures"), failure: try row.get("problem"), isTold: try row.get("is_told"),
            unreadable: try row.get("unreadable"), copy: copy, busyCount: try row.get("busy"))
    }
}
