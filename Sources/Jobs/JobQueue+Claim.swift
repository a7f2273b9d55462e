import Foundation
import JSONTree
import PostgreSQL

/// The jobs of one lane and priority.
struct QueueName: Hashable, Sendable {
    var lane: String
    var priority: Int

    var isUrgent: Bool { priority <= NewJob.urgent }
}

/// A queue that is not empty, as it was found.
struct WaitingQueue: Sendable {
    let name: QueueName
    /// Until its first job is due; negative when it is overdue.
    let wait: Duration
    let health: LaneHealth
}

/// What a runner would take of a queue.
struct ClaimRequest: Equatable, Sendable {
    let queue: QueueName
    var count: Int
}

/// What a claim gave of one queue.
struct Claimed: Sendable {
    var jobs: [Job] = []
    /// How many of each queue were looked at: those given, and those that had to be put off.
    var touched: [QueueName: Int] = [:]
}

extension JobQueue {
    /// All queues that are not empty, with the health of their hosts. One index probe for each, however many jobs wait.
    func waitingQueues(on database: Pool) async throws -> [WaitingQueue] {
        try await database.rows(
            """
            with recursive queues as (
                (select lane, priority, due_at from jobs where dead_at is null and lease is null
                    order by lane, priority, due_at, id limit 1)
                union all
                select next.lane, next.priority, next.due_at
                from queues cross join lateral (
                    select lane, priority, due_at from jobs
                    where dead_at is null and lease is null and (lane, priority) > (queues.lane, queues.priority)
                    order by lane, priority, due_at, id limit 1) next
            )
            select lane, priority, extract(epoch from due_at - now())::float8 as wait,
                coalesce(failures, 0) as failures, answered_at is not null as is_proven,
                extract(epoch from closed_until - now())::float8 as closed_for,
                extract(epoch from now() - recovered_at)::float8 as recovered_for
            from queues left join hosts on host = lane
            """
        ).map { row in
            let closedFor: Double? = try row.get("closed_for")
            let recoveredFor: Double? = try row.get("recovered_for")
            return WaitingQueue(
                name: QueueName(lane: try row.get("lane"), priority: try row.get("priority")),
                wait: .seconds(try row.get("wait", as: Double.self)),
                health: LaneHealth(
                    failures: try row.get("failures"), isProven: try row.get("is_proven"),
                    closedFor: closedFor.map { .seconds($0) }, recoveredFor: recoveredFor.map { .seconds($0) }))
        }
    }

    /// Leases what was asked for of each queue, as far as it is due, is of a given kind and its lane is not closed.
    ///
    /// A lane whose closure is over gives one job, and is closed again until that one got through or `probeInterval` is
    /// over; where there is none to give it stays as it is. A job that has to wait for an earlier one of its sequence
    /// is put off until that one ends. Of jobs whose process has died at most one is given, and none unless `suspects`:
    /// so the one that is the cause shows.
    func claim(
        _ requests: [ClaimRequest], kinds: [String], suspects: Bool, probeInterval: Duration, on database: Pool
    ) async throws -> Claimed {
        let lease = UUID()
        let lanes = requests.map(\.queue.lane)
        let rows = try await database.rows(
            """
            with probed as (
                select host from hosts
                where host = any(\(lanes)::text[]) and closed_until <= now() for update skip locked
            ), asked as (
                select asked.lane, asked.priority, coalesce(failures, 0) as failures,
                    case when probed.host is null then asked.count else 1 end as count,
                    probed.host is not null as is_probe
                from unnest(\(lanes)::text[], \(requests.map(\.queue.priority))::smallint[],
                    \(requests.map(\.count))::int[]) as asked (lane, priority, count)
                left join hosts on hosts.host = asked.lane
                left join probed on probed.host = asked.lane
                where hosts.closed_until is null or probed.host is not null
            ), due as (
                select found.id, asked.lane, asked.failures, asked.is_probe,
                    (select earlier.due_at from jobs earlier
                        where earlier.sequence = found.sequence and earlier.dead_at is null and earlier.id < found.id
                        order by earlier.id limit 1) as earlier_due_at,
                    case when found.deaths > 0 then row_number() over (partition by found.deaths > 0 order by found.id)
                    end as suspect
                from asked cross join lateral (
                    select id, sequence, deaths from jobs
                    where lane = asked.lane and priority = asked.priority and due_at <= now() and dead_at is null
                        and lease is null and kind = any(\(kinds)::text[]) and (deaths = 0 or \(suspects))
                    order by due_at, id limit asked.count
                    for update skip locked) found
            ), closed as (
                update hosts set closed_until = now() + make_interval(secs => \(probeInterval / .seconds(1)))
                where host in (
                    select lane from due where is_probe and earlier_due_at is null and coalesce(suspect, 1) = 1)
            )
            update jobs set
                lease = case when earlier_due_at is null then \(lease)::uuid end,
                leased_until = case when earlier_due_at is null
                    then now() + make_interval(secs => \(Self.leaseSeconds)) end,
                attempts = attempts + case when earlier_due_at is null then 1 else 0 end,
                is_blocked = earlier_due_at is not null,
                due_at = case when earlier_due_at is null then jobs.due_at
                    else least(greatest(earlier_due_at, now()) + interval '30 seconds', now() + interval '10 minutes')
                    end
            from due where jobs.id = due.id and coalesce(suspect, 1) = 1
            returning jobs.id, kind, payload, jobs.lane, priority, attempts, created_at, failures, is_probe, sequence,
                deaths, is_blocked
            """)
        var claimed = Claimed()
        for row in rows {
            let queue = QueueName(lane: try row.get("lane"), priority: try row.get("priority"))
            claimed.touched[queue, default: 0] += 1
            guard try !row.get("is_blocked", as: Bool.self) else { continue }
            claimed.jobs.append(
                Job(
                    id: try row.get("id"), kind: try row.get("kind"),
                    payload: try JSON.parse(Array((try row.get("payload") as String).utf8)), lane: queue.lane,
                    priority: queue.priority, attempts: try row.get("attempts"), createdAt: try row.get("created_at"),
                    laneFailures: try row.get("failures"), isProbe: try row.get("is_probe"),
                    sequence: try row.get("sequence"), deaths: try row.get("deaths"), lease: lease))
        }
        return claimed
    }
}
