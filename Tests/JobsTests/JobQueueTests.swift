import Foundation
import JSONTree
import PostgreSQL
import TestSupport
import Testing

@testable import Jobs

struct JobQueueTests {
    struct Undone: Error {}

    @Test("A job exists if and only if its transaction commits (R01)")
    func existsWithItsTransaction() async throws {
        try await withCommunity { home in
            await #expect(throws: Undone.self) {
                try await home.database.transaction { transaction in
                    try await JobQueue().enqueue(.work(1), in: transaction)
                    throw Undone()
                }
            }
            #expect(try await home.claim().isEmpty)
            try await home.enqueue(.work(2))
            #expect(try await home.claim().map(\.number) == [2])
        }
    }

    @Test func keepsWhatItWasGiven() async throws {
        try await withCommunity { home in
            let payload: JSON = ["text": "é '\\ \"", "list": [1, 2], "nothing": .null]
            try await home.enqueue(NewJob(kind: "odd", payload: payload, lane: "host.example"))
            let job = try #require(try await home.claim(kinds: ["odd"]).first)
            #expect(job.payload.canonical() == payload.canonical())
            #expect(job.kind == "odd")
            #expect(job.lane == "host.example")
            #expect(job.attempts == 1)
            #expect(abs(job.createdAt.timeIntervalSinceNow) < 60)
        }
    }

    @Test("A second job of the same kind and key is dropped while the first is there")
    func dropsTheSameKey() async throws {
        try await withCommunity { home in
            try await home.enqueue(.work(1, key: "k"), .work(2, key: "k"), .work(3, key: "other"), .work(4), .work(5))
            try await home.enqueue(NewJob(kind: "odd", payload: [:], key: "k"))
            let jobs = try await home.claim()
            #expect(jobs.map(\.number).sorted() == [1, 3, 4, 5])
            #expect(try await home.claim(kinds: ["odd"]).count == 1)
            for job in jobs { try await home.finish(job, .done) }
            try await home.enqueue(.work(6, key: "k"))
            #expect(try await home.claim().map(\.number) == [6])
        }
    }

    @Test("Lower numbers of priority go first, then what was due first")
    func ordersByPriority() async throws {
        try await withCommunity { home in
            try await home.enqueue(.work(1), .work(2, priority: 200), .work(3, priority: 10))
            try await home.enqueue(.work(4, dueAt: Date(timeIntervalSinceNow: -60)))
            var order: [Int] = []
            while let job = try await home.claim(1).first { order.append(job.number) }
            #expect(order == [3, 4, 1, 2])
        }
    }

    @Test func waitsUntilDue() async throws {
        try await withCommunity { home in
            try await home.enqueue(.work(dueAt: Date(timeIntervalSinceNow: 3600)))
            #expect(try await home.claim().isEmpty)
            try await home.makeAllDue()
            #expect(try await home.claim().count == 1)
        }
    }

    @Test func leavesOtherKindsAlone() async throws {
        try await withCommunity { home in
            try await home.enqueue(NewJob(kind: "unknown", payload: [:]))
            #expect(try await home.claim().isEmpty)
            #expect(try await home.onlyJob()?.attempts == 0)
        }
    }
}

struct SequenceTests {
    @Test("Of a sequence one at a time is given, in the order of writing, whatever the priority")
    func oneAfterTheOther() async throws {
        try await withCommunity { home in
            try await home.enqueue(
                .work(1, sequence: "s"), .work(2, sequence: "s", priority: 1), .work(3, sequence: "s"),
                .work(9, sequence: "t"))
            let first = try await home.claim()
            #expect(first.map(\.number).sorted() == [1, 9])
            #expect(try await home.claim().isEmpty)
            try await home.finish(try #require(first.first { $0.number == 1 }), .done)
            #expect(try await home.claim().map(\.number) == [2])
        }
    }

    @Test("What waits for its retry holds back the later ones")
    func retryHoldsBack() async throws {
        try await withCommunity { home in
            try await home.enqueue(.work(1, sequence: "s"), .work(2, sequence: "s"))
            let first = try #require(try await home.claim().first)
            try await home.finish(first, .retry(after: .seconds(3600), reason: "later"))
            #expect(try await home.claim().isEmpty)
            try await home.makeAllDue()
            #expect(try await home.claim().map(\.number) == [1])
        }
    }

    @Test("A dead letter lets the later ones go")
    func deadLetsGo() async throws {
        try await withCommunity { home in
            try await home.enqueue(.work(1, sequence: "s"), .work(2, sequence: "s"))
            try await home.finish(try #require(try await home.claim().first), .dead(reason: "no"))
            #expect(try await home.claim().map(\.number) == [2])
        }
    }

    @Test("What waits is dropped for something newer; what is being done or dead stays")
    func dropsWaiting() async throws {
        try await withCommunity { home in
            try await home.enqueue(.work(1, sequence: "s"), .work(2, sequence: "s"), .work(3, sequence: "s"))
            try await home.finish(try #require(try await home.claim().first), .dead(reason: "no"))
            let running = try #require(try await home.claim().first)
            try await home.enqueue(.work(9, sequence: "t"))
            try await home.database.transaction { transaction in
                try await JobQueue().dropWaiting(sequence: "s", in: transaction)
                try await JobQueue().enqueue(.work(4, sequence: "s"), in: transaction)
            }
            #expect(running.number == 2)
            #expect(try await home.count(.jobs) == 4)
            #expect(try await home.claim().map(\.number) == [9])
            try await home.finish(running, .done)
            #expect(try await home.claim().map(\.number) == [4])
        }
    }
}

/// Lanes that are hosts, as the table `hosts` has them.
struct ClosedLaneTests {
    @Test("What goes to a closed host waits without being tried; others go on")
    func waits() async throws {
        try await withCommunity { home in
            for number in 1...6 { try await home.enqueue(.work(number, lane: "dead.example")) }
            try await home.enqueue(.work(7, lane: "live.example"))
            try await home.host("dead.example", failures: 5, closedFor: 60)
            #expect(try await home.claim().map(\.number) == [7])
            #expect(try await home.attempts() == [0, 0, 0, 0, 0, 0, 1])
        }
    }

    @Test("When the closure is over one job is tried, whoever asks, until it got through or the next probe is due")
    func probesWithOne() async throws {
        try await withCommunity { home in
            for number in 1...6 { try await home.enqueue(.work(number, lane: "dead.example")) }
            try await home.enqueue(.work(7, lane: "dead.example", priority: 10))
            try await home.host("dead.example", failures: 5, closedFor: -1)
            let probe = try await home.claim()
            #expect(probe.map(\.number) == [7])
            #expect(probe.map(\.laneFailures) == [5])
            #expect(try await home.claim().isEmpty)
            try await home.finish(try #require(probe.first), .retry(after: .zero, reason: "connect"))
            #expect(try await home.claim().isEmpty)
            try await home.host("dead.example", failures: 6, closedFor: -1)
            #expect(try await home.claim().map(\.number) == [7])
        }
    }

    @Test("What waits for an earlier one of its sequence, or is of another process's kind, is no probe")
    func blockedIsNoProbe() async throws {
        try await withCommunity { home in
            let later = Date(timeIntervalSinceNow: 3600)
            try await home.enqueue(
                .work(1, sequence: "s", lane: "dead.example", dueAt: later), .work(2, sequence: "s", lane: "dead.example"),
                .work(3, lane: "dead.example"))
            try await home.host("dead.example", failures: 5, closedFor: -1)
            #expect(try await home.claim(kinds: ["other"]).isEmpty)
            let probe = try await home.claim()
            #expect(probe.map(\.number) == [3])
            #expect(probe.map(\.isProbe) == [true])
            #expect(try await home.claim().isEmpty)
        }
    }

    @Test("Two runners that race for the probe send one")
    func oneProbeOfTwoRunners() async throws {
        try await withCommunity(poolSize: 8) { home in
            for number in 1...8 { try await home.enqueue(.work(number, lane: "dead.example")) }
            for _ in 1...5 {
                try await home.host("dead.example", failures: 5, closedFor: -1)
                async let first = home.claim()
                async let second = home.claim()
                #expect(try await first.count + second.count == 1)
            }
        }
    }

    @Test("A host that came back is not hit by all that waited")
    func ramps() async throws {
        try await withCommunity { home in
            for number in 1...9 { try await home.enqueue(.work(number, lane: "back.example")) }
            try await home.host("back.example", recovered: 2)
            #expect(try await home.claim().count == 1)
            try await home.host("back.example", recovered: 60)
            #expect(try await home.claim().count == 8)
        }
    }

    @Test("A closure that began after the queues were looked at holds")
    func closedMeanwhile() async throws {
        try await withCommunity { home in
            try await home.enqueue(.work(1, lane: "dead.example"))
            try await home.host("dead.example", closedFor: 60)
            let request = ClaimRequest(queue: QueueName(lane: "dead.example", priority: 100), count: 3)
            let claimed = try await JobQueue().claim(
                [request], kinds: ["work"], suspects: true, probeInterval: .seconds(900), on: home.database)
            #expect(claimed.jobs.isEmpty)
        }
    }
}

struct QuarantineTests {
    @Test("A job during which the process died three times is kept as a dead letter (R20)")
    func threeDeaths() async throws {
        try await withCommunity { home in
            try await home.enqueue(.work(1))
            for death in 1...3 {
                #expect(try await home.claim().map(\.deaths) == [death - 1])
                try await home.runOutLeases()
                #expect(try await JobQueue().endExpiredLeases(on: home.database).count == (death == 3 ? 1 : 0))
            }
            let row = try #require(try await home.onlyJob())
            #expect(row.isDead)
            #expect(row.lastError == JobQueue.quarantine)
            #expect(row.attempts == 3)
            #expect(row.history == Array(repeating: "the process ended during the attempt", count: 3))
        }
    }

    @Test("An outcome in between shows that it was not the cause")
    func outcomeClears() async throws {
        try await withCommunity { home in
            try await home.enqueue(.work(1))
            for _ in 1...4 {
                _ = try await home.claim()
                try await home.runOutLeases()
                let job = try #require(try await home.claim().first)
                #expect(job.deaths == 1)
                try await home.finish(job, .retry(after: .zero, reason: "later"))
            }
            #expect(try await home.onlyJob()?.deaths == 0)
        }
    }

    @Test("After a death those that were in flight are tried one at a time, so that the cause alone dies thrice")
    func oneSuspectAtATime() async throws {
        try await withCommunity { home in
            for number in 1...5 { try await home.enqueue(.work(number)) }
            #expect(try await home.claim().count == 5)
            try await JobQueue().endAllLeases(on: home.database)
            try await home.enqueue(.work(9))
            #expect(try await home.claim(suspects: false).map(\.number) == [9])
            #expect(try await home.claim().count == 1)
        }
    }

    @Test("The operator can try it again")
    func retried() async throws {
        try await withCommunity { home in
            try await home.enqueue(.work(1))
            for _ in 1...3 {
                _ = try await home.claim()
                try await home.runOutLeases()
            }
            #expect(try await home.claim().isEmpty)
            #expect(try await JobQueue().retry(.allDead, on: home.database) == 1)
            let job = try #require(try await home.claim().first)
            #expect(job.attempts == 1)
            #expect(job.deaths == 0)
        }
    }
}

struct LeaseTests {
    @Test(
        "A frozen runner's work goes to another, and its outcome has no effect (R03, R06)",
        arguments: [
            JobOutcome.done, .dead(reason: "late"), .retry(after: .seconds(1), reason: "late"), .released,
        ])
    func frozenRunner(outcome: JobOutcome) async throws {
        try await withCommunity { home in
            try await home.enqueue(.work())
            let frozen = try #require(try await home.claim().first)
            #expect(try await home.claim().isEmpty)
            try await home.runOutLeases()
            let taken = try #require(try await home.claim().first)
            #expect(taken.id == frozen.id)
            #expect(taken.attempts == 2)
            try await home.finish(frozen, outcome)
            let row = try #require(try await home.onlyJob())
            #expect(row.isLeased)
            #expect(row.isDead == false)
            #expect(row.lastError == nil)
            #expect(row.attempts == 2)
            try await home.finish(taken, .done)
            #expect(try await home.count(.jobs) == 0)
        }
    }

    @Test func leasesForNinetySeconds() async throws {
        try await withCommunity { home in
            try await home.enqueue(.work())
            _ = try await home.claim()
            let left = try await home.database.row(
                "select extract(epoch from leased_until - now())::float8 as left from jobs")
            #expect((80.0...90).contains(try #require(left).get("left")))
        }
    }
}

struct OutcomeTests {
    static let outcomes: [(JobOutcome, attempts: Int, error: String?, dead: Bool, wait: ClosedRange<Double>)] = [
        (.retry(after: .seconds(240), reason: "answered 503"), 1, "answered 503", false, 200.0...240.0),
        (.retry(after: .milliseconds(-5), reason: "r"), 1, "r", false, -60.0...0.0),
        (.dead(reason: "answered 410"), 1, "answered 410", true, -60.0...0.0),
        (.released, 0, nil, false, -60.0...0.0),
    ]

    @Test(arguments: outcomes)
    func isWrittenDown(
        outcome: JobOutcome, attempts: Int, error: String?, dead: Bool, wait: ClosedRange<Double>
    ) async throws {
        try await withCommunity { home in
            try await home.enqueue(.work())
            try await home.finish(try #require(try await home.claim().first), outcome)
            let row = try #require(try await home.onlyJob())
            #expect(row.attempts == attempts)
            #expect(row.lastError == error)
            #expect(row.isDead == dead)
            #expect(row.isLeased == false)
            #expect(wait.contains(row.wait))
            try await home.makeAllDue()
            #expect(try await home.claim().count == (dead ? 0 : 1))
        }
    }

    @Test("Many outcomes are written with one statement, each for its own lease")
    func inBatches() async throws {
        try await withCommunity { home in
            for number in 1...4 { try await home.enqueue(.work(number, sequence: number < 3 ? "s" : nil)) }
            let jobs = try await home.claim().sorted { $0.number < $1.number }
            #expect(jobs.map(\.number) == [1, 3, 4])
            try await home.database.execute("update jobs set lease = gen_random_uuid() where id = \(jobs[2].id)")
            let due = try await JobQueue().finish(
                [
                    (jobs[0], .done), (jobs[1], .retry(after: .seconds(60), reason: "busy", note: "come\0back")),
                    (jobs[2], .done),
                ], on: home.database)
            #expect(due == [QueueName(lane: "", priority: 100)])
            #expect(try await home.count(.jobs) == 3)
            let next = try await home.claim()
            #expect(next.map(\.number) == [2])
            try await home.database.execute("delete from jobs where id <> \(jobs[1].id)")
            #expect(try await home.onlyJob()?.history == ["busy: come back"])
        }
    }

    @Test("The last twenty attempts are kept")
    func boundsHistory() async throws {
        try await withCommunity { home in
            try await home.enqueue(.work())
            for attempt in 1...23 {
                let job = try #require(try await home.claim().first)
                try await home.finish(job, .retry(after: .zero, reason: "\(attempt)"))
            }
            #expect(try await home.onlyJob()?.history == (4...23).map(String.init))
        }
    }

    @Test("Dead letters are kept for 30 days")
    func forgetsDeadLetters() async throws {
        try await withCommunity { home in
            try await home.enqueue(.work(1), .work(2), .work(3, lane: "dead.example"))
            for job in try await home.claim() where job.number < 3 {
                try await home.finish(job, .dead(reason: "no"))
            }
            try await home.database.execute(
                """
                update jobs set lease = null, created_at = now() - interval '31 days', dead_at = case
                    when payload->>'number' = '1' then now() - interval '31 days'
                    when payload->>'number' = '2' then now() - interval '29 days' end
                """)
            try await JobQueue().tidy(on: home.database)
            let left = try await JobQueue().jobs(dead: true, lane: nil, limit: 9, on: home.database)
            #expect(left.map { $0.payload["number"]?.int } == [3, 2])
            #expect(left.first?.lastError == "waited for 30 days")
        }
    }

    @Test func doneLeavesNothing() async throws {
        try await withCommunity { home in
            try await home.enqueue(.work())
            try await home.finish(try #require(try await home.claim().first), .done)
            #expect(try await home.count(.jobs) == 0)
        }
    }
}
