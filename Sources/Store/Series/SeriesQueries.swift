package import Foundation
package import Mentoring
package import PostgreSQL
package import Wire

extension Queryable {
    package func insert(_ series: Series, at now: Date) async throws {
        try await submit(
            """
            insert into series (id, uri, mentee_id, mentor_id, frequency, zone, dates, created_at)
            values (\(series.id), \(series.uri), \(series.mentee), \(series.mentor), \(series.frequency),
                \(series.zone.name), \(series.count), \(now))
            """)
    }

    /// Makes a session one of the dates of a series. False where that date is there already.
    package func insert(_ place: SeriesPlace, of session: UUID) async throws -> Bool {
        try await execute(
            """
            insert into series_dates (session_id, series_id, position)
            values (\(session), \(place.series.id), \(place.position)) on conflict do nothing
            """) == 1
    }

    package func series(_ id: UUID) async throws -> Series? {
        try await row("select \(Series.columns) from series where id = \(id)").map(Series.init)
    }

    package func series(uri: URI) async throws -> Series? {
        try await row("select \(Series.columns) from series where uri = \(uri)").map(Series.init)
    }

    /// The series that a session belongs to, held until the transaction ends: before any of its dates, so that nobody who
    /// changes several waits for somebody who does the same.
    package func lockSeries(of session: UUID) async throws -> Series? {
        try await row(
            """
            select \(Series.columns) from series
            where id = (select series_id from series_dates where session_id = \(session)) for update
            """
        ).map(Series.init)
    }

    package func lockSeries(_ id: UUID) async throws -> Series? {
        try await row("select \(Series.columns) from series where id = \(id) for update").map(Series.init)
    }

    /// Which dates of which series some sessions are, as far as they are any.
    package func seriesPlaces(of sessions: [UUID]) async throws -> [UUID: SeriesPlace] {
        guard !sessions.isEmpty else { return [:] }
        var places: [UUID: SeriesPlace] = [:]
        let found = try await rows(
            """
            select session_id, position, \(Series.columns) from series_dates join series on id = series_id
            where session_id = any(\(sessions.map(\.uuidString))::uuid[])
            """)
        for row in found {
            places[try row.get("session_id")] = SeriesPlace(
                series: try Series(row), position: try row.get("position"))
        }
        return places
    }

    /// The dates of a series, in their order.
    package func dates(of series: UUID) async throws -> [(position: Int, session: Session)] {
        try await rows("\(Self.dates(of: series))").map { (try $0.get("position"), try Session($0)) }
    }

    /// The same, held for change until the transaction ends.
    package func lockDates(of series: UUID) async throws -> [(position: Int, session: Session)] {
        try await rows("\(Self.dates(of: series)) for update of sessions").map {
            (try $0.get("position"), try Session($0))
        }
    }

    private static func dates(of series: UUID) -> SQL {
        """
        select position, \(Session.columns) from series_dates join sessions on id = session_id
        where series_id = \(series) order by position
        """
    }

    /// Whether somebody waits for an answer about a series already.
    package func hasPendingDates(_ series: URI, by mentee: ActorID) async throws -> Bool {
        try await row(
            """
            select from series join series_dates on series_id = series.id join sessions on sessions.id = session_id
            where series.uri = \(series) and sessions.mentee_id = \(mentee) and status = 'pending'
            limit 1
            """) != nil
    }

    /// Whether people are to be told of this part of an act, because no other part has told them of it.
    ///
    /// - Parameter parts: how many the act has, as who did it says.
    package func isFirstPart(of act: URI, _ kind: String, on series: UUID, parts: Int) async throws -> Bool {
        try await row(
            """
            insert into series_acts (series_id, act, kind, parts_left)
            values (\(series), \(act), \(kind), \(min(max(parts, 1), Series.dates.upperBound) - 1))
            on conflict (series_id, act, kind) do update set parts_left = series_acts.parts_left - 1
                where series_acts.parts_left > 0
            returning xmax = 0 as is_first
            """
        )?.get("is_first") ?? true
    }
}

extension Series {
    static let columns: SQL = """
        series.id, series.uri, series.mentee_id, series.mentor_id, series.frequency, series.zone, series.dates
        """

    init(_ row: Row) throws {
        let zone: String = try row.get("zone")
        self.init(
            id: try row.get("id"), uri: try row.get("uri"), mentee: try row.get("mentee_id"),
            mentor: try row.get("mentor_id"), frequency: try row.get("frequency"), zone: TimeZoneName(zone) ?? .utc,
            count: try row.get("dates"))
    }
}

extension Frequency: SQLEncodable, SQLDecodable {}
