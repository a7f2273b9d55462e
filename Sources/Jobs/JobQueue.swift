import Foundation
import JSONTree
package import PostgreSQL

/// The durable queue: rows of the table `jobs`. Knows no kind of job.
package struct JobQueue: Sendable {
    /// The channel that tells waiting runners of new work. Only a hint: runners poll as well.
    package static let channel = "mentord_jobs"
    static let leaseSeconds = 90

    package init() {}

    /// Writes a job; it exists if and only if the transaction commits. One that is asked for again while it waits is there
    /// already; one that is dead comes back to life.
    package func enqueue(_ job: NewJob, in transaction: Transaction) async throws {
        _ = try await transaction.execute(
            """
            insert into jobs (kind, payload, key, sequence, lane, priority, due_at)
            values (\(job.kind), \(job.payload.serializedText())::jsonb, \(job.key), \(job.sequence), \(job.lane),
                \(job.priority), coalesce(\(job.dueAt), now()))
            on conflict (kind, key) where key is not null do update
                set payload = excluded.payload, due_at = excluded.due_at, attempts = 0, dead_at = null
                where jobs.dead_at is not null
            """)
        if job.dueAt == nil {
            _ = try await transaction.row("select pg_notify(\(Self.channel), '')")
        }
    }

    /// Drops what waits in a sequence and is not being worked on, because something newer makes it pointless.
    package func dropWaiting(sequence: String, in transaction: Transaction) async throws {
        _ = try await transaction.execute(
            """
            delete from jobs
            where sequence = \(sequence) and dead_at is null and (leased_until is null or leased_until < now())
            """)
    }

    /// How many jobs of a lane wait or run.
    package func count(lane: String, in transaction: Transaction) async throws -> Int {
        try await transaction.row("select count(*) as n from jobs where lane = \(lane) and dead_at is null")
            .map { try $0.get("n") } ?? 0
    }

    /// Makes everything that is leased due again at once by ending all leases. Only for who knows that no runner
    /// lives.
    package func endAllLeases(on database: Pool) async throws {
        _ = try await database.execute(
            "update jobs set lease = null, leased_until = null where lease is not null and dead_at is null")
    }

    /// Leases up to `limit` jobs that are due, of the given kinds. Of a named lane at most `laneCapacity` are in flight,
    /// counting those that `lanes` holds already.
    func claim(limit: Int, kinds: [String], lanes: [String: Int], laneCapacity: Int, on database: Pool) async throws
        -> [Job]
    {
        let lease = UUID()
        let busy = lanes.filter { !$0.key.isEmpty }
        let full = busy.filter { $0.value >= laneCapacity }.map(\.key)
        let rows = try await database.rows(
            """
            with due as (
                select id, lane, priority, due_at from jobs j
                where dead_at is null and due_at <= now() and (leased_until is null or leased_until < now())
                    and kind = any(\(kinds)::text[]) and lane <> all(\(full)::text[])
                    and (sequence is null or not exists (
                        select from jobs earlier
                        where earlier.sequence = j.sequence and earlier.dead_at is null and earlier.id < j.id))
                order by priority, due_at
                limit \(limit)
                for update skip locked
            ), chosen as (
                select id
                from (select id, lane, row_number() over (partition by lane order by priority, due_at) as place
                    from due) ranked
                left join unnest(\(Array(busy.keys))::text[], \(Array(busy.values))::int[]) as busy (lane, count)
                    using (lane)
                where lane = '' or place <= \(laneCapacity) - coalesce(busy.count, 0)
            )
            update jobs set lease = \(lease), leased_until = now() + make_interval(secs => \(Self.leaseSeconds)),
                attempts = attempts + 1
            from chosen where jobs.id = chosen.id
            returning jobs.id, kind, payload, jobs.lane, attempts, created_at
            """)
        return try rows.map { row in
            Job(
                id: try row.get("id"), kind: try row.get("kind"),
                payload: try JSON.parse(Array((try row.get("payload") as String).utf8)), lane: try row.get("lane"),
                attempts: try row.get("attempts"), createdAt: try row.get("created_at"), lease: lease)
        }
    }

    /// Records what became of a job; without effect when the lease went to somebody else meanwhile.
    func finish(_ job: Job, _ outcome: JobOutcome, on database: Pool) async throws {
        switch outcome {
        case .done:
            _ = try await database.execute("delete from jobs where id = \(job.id) and lease = \(job.lease)")
        case .retry(let delay, let reason):
            _ = try await database.execute(
                """
                update jobs set lease = null, leased_until = null, last_error = \(reason),
                    due_at = now() + make_interval(secs => \(delay / .seconds(1)))
                where id = \(job.id) and lease = \(job.lease)
                """)
        case .dead(let reason):
            _ = try await database.execute(
                """
                update jobs set lease = null, leased_until = null, last_error = \(reason), dead_at = now()
                where id = \(job.id) and lease = \(job.lease)
                """)
        case .released:
            _ = try await database.execute(
                """
                update jobs set lease = null, leased_until = null, attempts = greatest(attempts - 1, 0)
                where id = \(job.id) and lease = \(job.lease)
                """)
        }
    }
}
