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

struct LaneTests {
    @Test("One claim takes no more of a lane than it has room for")
    func fillsLanesToTheirLimit() async throws {
        try await withCommunity { home in
            for number in 1...6 { try await home.enqueue(.work(number, lane: "slow.example")) }
            try await home.enqueue(.work(7, lane: "fast.example"), .work(8), .work(9), .work(10))
            let jobs = try await home.claim(laneCapacity: 2)
            #expect(jobs.filter { $0.lane == "slow.example" }.map(\.number).sorted() == [1, 2])
            #expect(jobs.count { $0.lane == "fast.example" } == 1)
            #expect(jobs.count { $0.lane.isEmpty } == 3)
        }
    }

    @Test func countsWhatIsInFlight() async throws {
        try await withCommunity { home in
            for number in 1...6 { try await home.enqueue(.work(number, lane: "slow.example")) }
            #expect(try await home.claim(lanes: ["slow.example": 2], laneCapacity: 2).isEmpty)
            #expect(try await home.claim(lanes: ["slow.example": 1, "x": 5], laneCapacity: 2).count == 1)
            #expect(try await home.claim(lanes: ["": 50], laneCapacity: 2).count == 2)
        }
    }

    @Test("A lane full of work does not hide that of others")
    func crowdedLaneHidesNothing() async throws {
        try await withCommunity { home in
            for number in 1...40 { try await home.enqueue(.work(number, lane: "slow.example")) }
            try await home.enqueue(.work(99, lane: "fast.example"))
            let first = try await home.claim(8, laneCapacity: 2)
            #expect(first.count == 2)
            let second = try await home.claim(6, lanes: ["slow.example": 2], laneCapacity: 2)
            #expect(second.map(\.number) == [99])
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

    @Test func doneLeavesNothing() async throws {
        try await withCommunity { home in
            try await home.enqueue(.work())
            try await home.finish(try #require(try await home.claim().first), .done)
            #expect(try await home.count(.jobs) == 0)
        }
    }
}
