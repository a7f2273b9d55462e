package import Foundation
package import JSONTree
package import PostgreSQL

/// A job as an operator sees it.
package struct QueuedJob: Sendable {
    package let id: Int64
    package let kind: String
    package let payload: JSON
    package let lane: String
    package let sequence: String?
    package let priority: Int
    package let attempts: Int
    package let deaths: Int
    package let dueAt: Date
    package let createdAt: Date
    package let leasedUntil: Date?
    package let deadAt: Date?
    package let lastError: String?
    /// How attempts went that did not end it, oldest first: {at, reason, note}.
    package let history: JSON
}

/// Which jobs an operator means.
package enum JobSelection: Sendable {
    case one(Int64)
    case lane(String)
    case allDead
}

extension JobQueue {
    /// Jobs in the order of their being due, dead ones with the last first.
    package func jobs(dead: Bool, lane: String?, limit: Int, on database: Pool) async throws -> [QueuedJob] {
        try await database.rows(
            """
            select \(QueuedJob.columns) from jobs
            where (dead_at is not null) = \(dead) and lane = coalesce(\(lane), lane)
            order by dead_at desc, due_at, id limit \(limit)
            """
        ).map(QueuedJob.init)
    }

    package func job(_ id: Int64, on database: Pool) async throws -> QueuedJob? {
        try await database.row("select \(QueuedJob.columns) from jobs where id = \(id)").map(QueuedJob.init)
    }

    /// Makes jobs due now, dead ones alive again, as if they had never been tried. What is being done stays as it is.
    package func retry(_ selection: JobSelection, on database: Pool) async throws -> Int {
        let count = try await database.execute(
            """
            update jobs set due_at = now(), dead_at = null, is_blocked = false, deaths = 0,
                attempts = case when dead_at is null then attempts else 0 end
            where \(selection.condition) and lease is null
            """)
        _ = try await database.row("select pg_notify(\(Self.channel), '')")
        return count
    }

    /// Removes jobs that are not being done.
    package func drop(_ selection: JobSelection, on database: Pool) async throws -> Int {
        try await database.execute("delete from jobs where \(selection.condition) and lease is null")
    }

    /// Removes what waits in a lane and is not urgent, as far as its payload contains all of `part`. What is urgent
    /// stays, or is kept as dead letters for a `reason`.
    package func dropWaiting(
        lane: String, containing part: JSON = [:], urgentDiesFor reason: String? = nil, on database: Pool
    ) async throws {
        let part = part.serializedText()
        if let reason {
            _ = try await database.execute(
                """
                update jobs set dead_at = now(), last_error = \(reason)
                where lane = \(lane) and dead_at is null and lease is null and priority <= \(NewJob.urgent)
                    and payload @> \(part)::jsonb
                """)
        }
        _ = try await database.execute(
            """
            delete from jobs
            where lane = \(lane) and dead_at is null and lease is null and priority > \(NewJob.urgent)
                and payload @> \(part)::jsonb
            """)
    }

    /// Removes dead letters after 30 days, and makes one of what has waited in a lane for as long.
    package func tidy(on database: Pool) async throws {
        _ = try await database.execute("delete from jobs where dead_at < now() - interval '30 days'")
        _ = try await database.execute(
            """
            update jobs set dead_at = now(), last_error = 'waited for 30 days' || coalesce('; ' || last_error, '')
            where dead_at is null and lease is null and lane <> '' and created_at < now() - interval '30 days'
            """)
    }
}

extension JobSelection {
    fileprivate var condition: SQL {
        switch self {
        case .one(let id): "id = \(id)"
        case .lane(let lane): "lane = \(lane)"
        case .allDead: "dead_at is not null"
        }
    }
}

extension QueuedJob {
    static let columns: SQL = """
        id, kind, payload, lane, sequence, priority, attempts, deaths, due_at, created_at, leased_until, dead_at,
        last_error, history
        """

    init(_ row: Row) throws {
        self.init(
            id: try row.get("id"), kind: try row.get("kind"), payload: try Self.json(row, "payload"),
            lane: try row.get("lane"), sequence: try row.get("sequence"), priority: try row.get("priority"),
            attempts: try row.get("attempts"), deaths: try row.get("deaths"), dueAt: try row.get("due_at"),
            createdAt: try row.get("created_at"), leasedUntil: try row.get("leased_until"),
            deadAt: try row.get("dead_at"), lastError: try row.get("last_error"),
            history: try Self.json(row, "history"))
    }

    private static func json(_ row: Row, _ column: String) throws -> JSON {
        try JSON.parse(Array((try row.get(column) as String).utf8))
    }
}
