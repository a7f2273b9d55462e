import Foundation
import Jobs
import PostgreSQL
import ServiceLifecycle
import Store
import TestSupport
import Testing

@testable import Federation

/// Two real runners, many hosts that are not there, one that is.
@Suite(.timeLimit(.minutes(5)))
struct DeadHostsTests {
    static let (hosts, jobsPerHost, good) = (100, 50, 60)

    @Test("All dead hosts are closed after a few attempts each, and the one that answers gets everything (R13)")
    func deadHostsCostLittle() async throws {
        try await withDeliveries { bench in
            let peer = try await LoopbackServer.start { _ in .init(202) }
            let id = try await bench.activity()
            try await bench.database.execute(
                """
                insert into jobs (kind, payload, lane)
                select 'deliver', jsonb_build_object('activity', \(String(id))::text,
                    'inbox', 'http://dead' || host || '.localhost:1/' || job), 'dead' || host || '.localhost:1'
                from generate_series(1, \(Self.hosts)::int) as host, generate_series(1, \(Self.jobsPerHost)::int) as job
                """)
            for number in 1...Self.good { try await bench.send(to: ["http://good.localhost:\(peer.port)/\(number)"]) }
            let runners = (1...2).map { _ in
                JobRunner(
                    database: bench.database,
                    listener: Listener(bench.database.settings, channels: [JobQueue.channel]),
                    handlers: [bench.deliver], capacity: 16, laneCapacity: 4, logger: quietLogger)
            }
            let group = ServiceGroup(services: runners, logger: quietLogger)
            try await withThrowingTaskGroup { tasks in
                tasks.addTask { try await group.run() }
                var closed = 0
                while peer.requests.count < Self.good || closed < Self.hosts {
                    closed = try await bench.database.hosts(limit: 1000).count { $0.closedUntil != nil }
                    try await Task.sleep(for: .milliseconds(20))
                }
                await group.triggerGracefulShutdown()
                try await tasks.waitForAll()
            }
            let attempts = try await bench.database.rows("select lane, sum(attempts) as n from jobs group by lane")
                .map { try $0.get("n", as: Int.self) }
            #expect(attempts.count == Self.hosts)
            // Five close a host; those that two runners had in flight besides may still count.
            #expect(attempts.allSatisfy { (5...12).contains($0) })
            #expect(Set(peer.requests.map(\.target)).count == Self.good)
        }
    }
}
