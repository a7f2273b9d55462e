import Foundation
import PostgreSQL
import ServiceLifecycle
import Synchronization
import TestSupport
import Testing

@testable import Jobs

@Suite(.timeLimit(.minutes(5)))
struct JobRunnerTests {
    @Test("Four runners do 2,000 jobs, each exactly once (R02)")
    func eachExactlyOnce() async throws {
        try await withCommunity(poolSize: 8) { home in
            try await home.database.transaction { transaction in
                for number in 0..<2000 {
                    try await JobQueue().enqueue(.work(number, lane: "lane \(number % 7)"), in: transaction)
                }
            }
            let ledger = Ledger()
            let worker = Worker { job in
                ledger.write(job.number)
                return .done
            }
            try await withRunner(home, worker, capacity: 16, laneCapacity: 4, count: 4) { _ in
                await ledger.reaches(2000)
            }
            #expect(ledger.entries.sorted() == Array(0..<2000))
            #expect(try await home.count(.jobs) == 0)
        }
    }

    @Test("Work of a sequence is done in order though four runners race")
    func keepsSequences() async throws {
        try await withCommunity(poolSize: 8) { home in
            try await home.database.transaction { transaction in
                for number in 0..<60 {
                    try await JobQueue().enqueue(.work(number, sequence: "s\(number % 3)"), in: transaction)
                }
            }
            let ledger = Ledger()
            let worker = Worker { job in
                ledger.write(job.number)
                return .done
            }
            try await withRunner(home, worker, count: 4) { _ in await ledger.reaches(60) }
            for sequence in 0..<3 {
                let done = ledger.entries.filter { $0 % 3 == sequence }
                #expect(done == done.sorted())
            }
        }
    }

    @Test("Work is begun as soon as it is committed")
    func notificationWakes() async throws {
        try await withCommunity { home in
            let ledger = Ledger()
            let worker = Worker { job in
                ledger.write(job.number)
                return .done
            }
            try await withRunner(home, worker) { _ in
                // Polls come a second apart; ten jobs one after the other cannot all be found by them in two.
                try await home.enqueue(.work(0))
                await ledger.reaches(1)
                let start = ContinuousClock.now
                for number in 1...10 {
                    try await home.enqueue(.work(number))
                    await ledger.reaches(number + 1)
                }
                #expect(ContinuousClock.now - start < .seconds(8))
            }
        }
    }

    @Test("Without notifications work is found by looking")
    func pollingSuffices() async throws {
        try await withCommunity { home in
            let ledger = Ledger()
            let worker = Worker { job in
                ledger.write(job.number)
                return .done
            }
            try await withRunner(home, worker, listensTo: "silence") { _ in
                for number in 0..<2 {
                    try await home.enqueue(.work(number))
                    await ledger.reaches(number + 1)
                }
            }
            #expect(ledger.entries == [0, 1])
        }
    }

    @Test("A failed attempt is repeated with the count that went up")
    func repeats() async throws {
        try await withCommunity { home in
            let ledger = Ledger()
            let worker = Worker { job in
                ledger.write(job.attempts)
                return job.attempts < 3 ? .retry(after: .zero, reason: "not yet") : .done
            }
            try await withRunner(home, worker) { _ in
                try await home.enqueue(.work())
                await ledger.reaches(3)
            }
            #expect(ledger.entries == [1, 2, 3])
        }
    }

    @Test("No more of a lane is in flight than it may hold")
    func limitsLanes() async throws {
        try await withCommunity { home in
            for number in 0..<30 { try await home.enqueue(.work(number, lane: "slow.example")) }
            let (ledger, presence) = (Ledger(), Presence())
            let worker = Worker { job in
                presence.enter()
                await Task.yield()
                presence.leave()
                ledger.write(job.number)
                return .done
            }
            try await withRunner(home, worker, capacity: 16, laneCapacity: 3) { _ in await ledger.reaches(30) }
            #expect((1...3).contains(presence.most))
            #expect(ledger.entries.count == 30)
        }
    }
}

@Suite(.timeLimit(.minutes(5)))
struct ShutdownTests {
    @Test("What is in flight is finished, what waits is left (R05)")
    func finishesWhatIsInFlight() async throws {
        try await withCommunity { home in
            let begun = Ledger()
            let worker = Worker { job in
                begun.write(job.number)
                try? await gracefulShutdown()
                return .done
            }
            for number in 0..<4 { try await home.enqueue(.work(number)) }
            try await withRunner(home, worker, capacity: 2) { group in
                await begun.reaches(2)
                await group.triggerGracefulShutdown()
            }
            #expect(begun.entries.count == 2)
            let rest = try await home.claim()
            #expect(rest.count == 2)
            #expect(rest.allSatisfy { $0.attempts == 1 })
        }
    }

    @Test("Work that is broken off is due at once, and the attempt does not count")
    func releasesWhatIsBrokenOff() async throws {
        try await withCommunity { home in
            let begun = Ledger()
            let worker = Worker { job in
                begun.write(job.number)
                // Ends by cancellation alone.
                try? await Task.sleep(for: .seconds(3600))
                return .retry(after: .seconds(3600), reason: "cancelled")
            }
            try await home.enqueue(.work())
            let runner = JobRunner(
                database: home.database, listener: Listener(home.database.settings, channels: [JobQueue.channel]),
                handlers: [worker], capacity: 2, laneCapacity: 2, logger: quietLogger)
            let running = Task { try await runner.run() }
            await begun.reaches(1)
            running.cancel()
            try await running.value
            let row = try #require(try await home.onlyJob())
            #expect(row.isLeased == false)
            #expect(row.lastError == nil)
            let job = try #require(try await home.claim().first)
            #expect(job.attempts == 1)
        }
    }
}

/// Counts how many are there at once.
private final class Presence: Sendable {
    private let counts = Mutex((now: 0, most: 0))

    var most: Int { counts.withLock { $0.most } }

    func enter() { counts.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) } }

    func leave() { counts.withLock { $0.now -= 1 } }
}
