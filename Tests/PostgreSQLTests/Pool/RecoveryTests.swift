import Glibc
@testable import PostgreSQL
import PostgresTesting
import Testing

/// The pool outlives what happens to the server.
struct RecoveryTests {
    @Test func survivesTheEndOfAllItsSessions() async throws {
        try await withDatabase(poolSize: 4) { pool in
            try await withThrowingTaskGroup { group in
                for _ in 0..<4 { group.addTask { _ = try await pool.execute("select pg_sleep(0.05)") } }
                try await group.waitForAll()
            }
            for _ in 0..<3 {
                try await endSessions(of: pool)
                // Idle connections that the server has closed are noticed before anything is sent.
                try await withThrowingTaskGroup { group in
                    for _ in 0..<8 { group.addTask { _ = try await pool.execute("select 1") } }
                    try await group.waitForAll()
                }
            }
        }
    }

    @Test func tellsThatTheOutcomeOfAnInterruptedStatementIsUnknown() async throws {
        try await withDatabase(poolSize: 2) { pool in
            let sleeping = Task { try await pool.execute("select pg_sleep(60)") }
            try await waitForActivity(pool, "select pg_sleep(60)")
            try await endSessions(of: pool)
            let error = await #expect(throws: PostgresError.self) { try await sleeping.value }
            guard case .connection(let failure)? = error else { throw PostgresError.closed }
            #expect(failure.progress == .duringStatement)
            #expect(failure.state == .adminShutdown)
            #expect(failure.outcomeIsUnknown)
        }
    }

    enum Interruption: CaseIterable {
        case fastStop, crash
    }

    @Test(arguments: Interruption.allCases)
    func keepsEveryAcknowledgedWriteOverARestartUnderLoad(_ interruption: Interruption) async throws {
        try await withClusterFolder { folder in
            var options = PrivateCluster.Options()
            options.durability = .disposable
            var cluster = try await PrivateCluster.open(in: folder, role: .owner, options: options)
            let pool = Pool(await cluster.settings, size: 4)
            try await pool.execute("create table marks (id int primary key)")

            let acknowledged = Shared([Int]())
            let ids = Shared(0)
            let isOver = Shared(false)
            let load = (0..<6).map { _ in
                Task {
                    while !isOver.value {
                        let id = ids.increment()
                        do {
                            if id.isMultiple(of: 2) {
                                try await pool.execute("insert into marks values (\(id))")
                            } else {
                                try await pool.transaction { try await $0.execute("insert into marks values (\(id))") }
                            }
                            acknowledged.withLock { $0.append(id) }
                        } catch let error as PostgresError {
                            guard error.isTransient else { throw error }
                            await Task.yield()
                        }
                    }
                }
            }
            for _ in 0..<3 {
                let before = acknowledged.value.count
                while acknowledged.value.count < before + 200 { await Task.yield() }
                switch interruption {
                case .fastStop: try await cluster.close()
                case .crash:
                    let server = try #require(Postmaster.running(folder + "/cluster"))
                    kill(server.pid, SIGKILL)
                    #expect(server.waitForEnd(folder + "/cluster", patience: .seconds(10)))
                    try await cluster.close()
                }
                cluster = try await PrivateCluster.open(in: folder, role: .owner, options: options)
            }
            let before = acknowledged.value.count
            while acknowledged.value.count < before + 200 { await Task.yield() }
            isOver.withLock { $0 = true }
            for task in load { try await task.value }

            let rows = try await pool.rows("select id from marks")
            let stored = Set(try rows.map { try $0.get("id", as: Int.self) })
            #expect(Set(acknowledged.value).subtracting(stored).isEmpty)
            await pool.close()
            try await cluster.close()
        }
    }

    private func endSessions(of pool: Pool) async throws {
        var settings = try await TestServer.shared.administratorSettings()
        settings.database = "postgres"
        let administrator = Pool(settings, size: 1)
        let name = try #require(pool.settings.database)
        // The function waits up to five seconds for each session to be gone.
        try await administrator.execute(
            "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = \(name)")
        await administrator.close()
    }
}
