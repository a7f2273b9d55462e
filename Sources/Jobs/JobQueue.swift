import Foundation
package import JSONTree
package import PostgreSQL

/// The durable queue: rows of the table `jobs`. Knows no kind of job.
package struct JobQueue: Sendable {
    /// The channel that tells waiting runners of new work: "priority lane", or nothing for work of many lanes. Only a
    /// hint: runners look as well.
    package static let channel = "mentord_jobs"
    static let leaseSeconds = 90

    package init() {}

    /// Writes a job; it exists if and only if the transaction commits. One that is asked for again while it waits is
    /// there already; one that is dead comes back to life.
    package func enqueue(_ job: NewJob, in transaction: Transaction) async throws {
        try await transaction.submit(
            """
            insert into jobs (kind, payload, key, sequence, lane, priority, due_at)
            values (\(job.kind), \(job.payload.serializedText())::jsonb, \(job.key), \(job.sequence), \(job.lane),
                \(job.priority), coalesce(\(job.dueAt), now()))
            \(Self.orRevive)
            """)
        if job.dueAt == nil {
            let hint = "\(job.priority) \(job.lane)"
            try await transaction.submit("select pg_notify(\(Self.channel), \(hint))")
        }
    }

    /// Writes many jobs with one statement, all due at once; of those with one key the first.
    package func enqueue(_ jobs: [NewJob], in transaction: Transaction) async throws {
        guard !jobs.isEmpty else { return }
        var keys: Set<[String]> = []
        let jobs = jobs.filter { job in job.key.map { keys.insert([job.kind, $0]).inserted } ?? true }
        try await transaction.submit(
            """
            insert into jobs (kind, payload, key, sequence, lane, priority)
            select * from unnest(\(jobs.map(\.kind))::text[], \(jobs.map { $0.payload.serializedText() })::jsonb[],
                \(jobs.map(\.key))::text[], \(jobs.map(\.sequence))::text[], \(jobs.map(\.lane))::text[],
                \(jobs.map(\.priority))::smallint[])
            \(Self.orRevive)
            """)
        try await transaction.submit("select pg_notify(\(Self.channel), '')")
    }

    private static let orRevive: SQL = """
        on conflict (kind, key) where key is not null do update
            set payload = excluded.payload, due_at = excluded.due_at, attempts = 0, deaths = 0, dead_at = null
            where jobs.dead_at is not null
        """

    /// Drops what waits in a sequence and is not being worked on, because something newer makes it pointless.
    package func dropWaiting(sequence: String, in transaction: Transaction) async throws {
        try await dropWaiting(sequences: [sequence], in: transaction)
    }

    package func dropWaiting(sequences: [String], in transaction: Transaction) async throws {
        try await transaction.submit(
            """
            delete from jobs
            where sequence = any(\(sequences)::text[]) and dead_at is null
                and (leased_until is null or leased_until < now())
            """)
    }

    /// How many jobs of a lane wait or run.
    package func count(lane: String, in transaction: Transaction) async throws -> Int {
        try await transaction.row("select count(*) as n from jobs where lane = \(lane) and dead_at is null")
            .map { try $0.get("n") } ?? 0
    }

    /// Writes how far a job of many steps has come; false when its lease went to somebody else meanwhile, who goes on
    /// from where it stood.
    package func advance(_ job: Job, to payload: JSON, in transaction: Transaction) async throws -> Bool {
        try await transaction.execute(
            """
            update jobs set payload = \(payload.serializedText())::jsonb, attempts = 1
            where id = \(job.id) and lease = \(job.lease)
            """) == 1
    }

    /// Gives a leased job another lane and payload, its place in its sequence kept; false when another job has the key,
    /// or the lease is lost.
    package func redirect(_ job: Job, payload: JSON, key: String, lane: String, on database: Pool) async throws
        -> Bool
    {
        try await database.execute(
            """
            update jobs set payload = \(payload.serializedText())::jsonb, key = \(key), lane = \(lane)
            where id = \(job.id) and lease = \(job.lease)
                and not exists (select from jobs other where other.kind = jobs.kind and other.key = \(key))
            """) == 1
    }

    /// Ends all leases, so that everything is due again at once. Only for who knows that no runner lives.
    package func endAllLeases(on database: Pool) async throws {
        _ = try await endLeases(on: database, where: "lease is not null")
    }

    /// Ends the leases that ran out without an outcome: their process has died, or is frozen. A job whose process died
    /// three times in a row is suspected to be the cause, and is kept as a dead letter.
    func endExpiredLeases(on database: Pool) async throws -> [Int64] {
        try await endLeases(on: database, where: "lease is not null and leased_until < now()")
    }

    /// - Returns: the jobs that became dead letters.
    private func endLeases(on database: Pool, where condition: SQL) async throws -> [Int64] {
        try await database.rows(
            """
            update jobs set lease = null, leased_until = null, deaths = deaths + 1,
                dead_at = case when deaths + 1 >= \(Self.deaths) then now() end,
                last_error = case when deaths + 1 >= \(Self.deaths) then \(Self.quarantine) else last_error end,
                history = \(Self.history(adding: "'the process ended during the attempt'", note: "null::text"))
            where id in (
                select id from jobs where dead_at is null and \(condition) limit 10000 for update skip locked)
            returning id, dead_at is not null as is_dead
            """
        ).filter { try $0.get("is_dead") }.map { try $0.get("id") }
    }

    static let deaths = 3
    static let quarantine = "three times in a row the process ended while doing this"

    /// The history of the row with one more entry, the oldest beyond 20 gone.
    static func history(adding reason: SQL, note: SQL) -> SQL {
        """
        case when jsonb_array_length(history) < 20 then history else history - 0 end
            || jsonb_build_array(jsonb_strip_nulls(jsonb_build_object(
                'at', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
                'reason', \(reason), 'note', \(note))))
        """
    }
}
