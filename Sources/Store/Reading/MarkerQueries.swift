package import Foundation
package import PostgreSQL
import Social
package import Wire

/// How far somebody has read in a timeline.
package struct Marker: Sendable {
    package enum Timeline: String, CaseIterable, Sendable {
        case home, notifications
    }

    package let lastRead: Int64
    package let version: Int
    package let updatedAt: Date
}

extension Queryable {
    package func markers(of account: ActorID) async throws -> [Marker.Timeline: Marker] {
        let found = try await rows(
            "select timeline, last_read_id, version, updated_at from markers where account_id = \(account)")
        var markers: [Marker.Timeline: Marker] = [:]
        for row in found {
            guard let timeline = Marker.Timeline(rawValue: try row.get("timeline")) else { continue }
            markers[timeline] = try Marker(row)
        }
        return markers
    }

    /// Moves a marker on, never back; gives it as it is then.
    package func saveMarker(_ timeline: Marker.Timeline, at position: Int64, of account: ActorID) async throws -> Marker
    {
        let saved = try await row(
            """
            insert into markers (account_id, timeline, last_read_id)
                values (\(account), \(timeline.rawValue), \(position))
            on conflict (account_id, timeline) do update set
                version = markers.version + (excluded.last_read_id > markers.last_read_id)::integer,
                updated_at = case when excluded.last_read_id > markers.last_read_id then now()
                    else markers.updated_at end,
                last_read_id = greatest(markers.last_read_id, excluded.last_read_id)
            returning last_read_id, version, updated_at
            """)
        guard let saved else { throw StoreError.nothingReturned }
        return try Marker(saved)
    }
}

extension Marker {
    fileprivate init(_ row: Row) throws {
        lastRead = try row.get("last_read_id")
        version = try row.get("version")
        updatedAt = try row.get("updated_at")
    }
}
