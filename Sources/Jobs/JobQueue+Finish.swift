import Foundation
import PostgreSQL

extension JobQueue {
    /// Records what became of jobs, with one statement; without effect for those whose lease went to somebody else
    /// meanwhile. What waited for the end of one in its sequence becomes due.
    ///
    /// - Returns: the queues in which something became due by that.
    @discardableResult
    func finish(_ ended: [(job: Job, outcome: JobOutcome)], on database: Pool) async throws -> [QueueName] {
        let rows = ended.map { FinishedRow($0.job, $0.outcome) }
        return try await database.rows(
            """
            with ended as (
                select * from unnest(\(rows.map(\.id))::bigint[], \(rows.map(\.lease))::uuid[],
                    \(rows.map(\.outcome))::text[], \(rows.map(\.reason))::text[], \(rows.map(\.note))::text[],
                    \(rows.map(\.wait))::float8[]) as ended (id, lease, outcome, reason, note, wait)
            ), done as (
                delete from jobs using ended
                where jobs.id = ended.id and jobs.lease = ended.lease and outcome = 'done'
                returning jobs.id, jobs.sequence
            ), changed as (
                update jobs set lease = null, leased_until = null,
                    deaths = case when outcome = 'released' then deaths else 0 end,
                    attempts = case when outcome = 'released' then greatest(attempts - 1, 0) else attempts end,
                    due_at = case when outcome = 'retry' then now() + make_interval(secs => wait) else due_at end,
                    dead_at = case when outcome = 'dead' then now() end,
                    last_error = coalesce(reason, last_error),
                    history = case when reason is null then history
                        else \(Self.history(adding: "reason", note: "note")) end
                from ended
                where jobs.id = ended.id and jobs.lease = ended.lease and outcome <> 'done'
                returning jobs.id, jobs.sequence, dead_at
            ), over as (
                select id, sequence from done where sequence is not null
                union all
                select id, sequence from changed where sequence is not null and dead_at is not null
            ), next as (
                select first.id from over cross join lateral (
                    select id from jobs
                    where sequence = over.sequence and dead_at is null and id not in (select id from over)
                    order by id limit 1 for update skip locked) first
            )
            update jobs set due_at = now(), is_blocked = false
            from next where jobs.id = next.id and is_blocked
            returning lane, priority
            """
        ).map { QueueName(lane: try $0.get("lane"), priority: try $0.get("priority")) }
    }
}

/// The outcome of one job as values for a row.
private struct FinishedRow {
    let id: Int64
    let lease: UUID
    let outcome: String
    var reason: String?
    var note: String?
    var wait = 0.0

    init(_ job: Job, _ outcome: JobOutcome) {
        id = job.id
        lease = job.lease
        switch outcome {
        case .done: self.outcome = "done"
        case .retry(let delay, let reason, let note):
            self.outcome = "retry"
            self.reason = Self.storable(reason)
            self.note = note.map(Self.storable)
            wait = delay / .seconds(1)
        case .dead(let reason, let note):
            self.outcome = "dead"
            self.reason = Self.storable(reason)
            self.note = note.map(Self.storable)
        case .released: self.outcome = "released"
        }
    }

    /// What other sides make us say must not keep the outcomes of others from being written.
    private static func storable(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.lazy.map { $0 == "\0" ? " " : $0 }.prefix(1000)))
    }
}
