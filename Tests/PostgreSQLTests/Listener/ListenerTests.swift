@testable import PostgreSQL
import PostgresTesting
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ListenerTests {
    @Test func passesOnWhatItsChannelsCarry() async throws {
        try await withDatabase { pool in
            let odd = "odd \"name\"; --"
            let listener = Listener(pool.settings, channels: ["jobs", odd])
            var events = listener.events.makeAsyncIterator()
            #expect(await events.next() == .listening)
            try await pool.execute("select pg_notify('others', 'x')")
            try await pool.execute("select pg_notify('jobs', \("payload ' é"))")
            #expect(await events.next() == .notification(channel: "jobs", payload: "payload ' é"))
            try await pool.execute("select pg_notify(\(odd), '')")
            #expect(await events.next() == .notification(channel: odd, payload: ""))
        }
    }

    @Test func tellsTheReaderToLookAfterEachLoss() async throws {
        try await withDatabase { pool in
            let listener = Listener(pool.settings, channels: ["jobs"])
            var events = listener.events.makeAsyncIterator()
            #expect(await events.next() == .listening)
            for _ in 0..<2 {
                try await endListening(pool)
                #expect(await events.next() == .listening)
                try await pool.execute("select pg_notify('jobs', 'again')")
                #expect(await events.next() == .notification(channel: "jobs", payload: "again"))
            }
        }
    }

    @Test func endsItsStreamAndSessionWhenStopped() async throws {
        try await withDatabase { pool in
            let listener = Listener(pool.settings, channels: ["jobs"])
            var events = listener.events.makeAsyncIterator()
            #expect(await events.next() == .listening)
            let start = ContinuousClock.now
            listener.stop()
            #expect(await events.next() == nil)
            #expect(ContinuousClock.now - start < .seconds(5))
            while try await sessions(pool) > 0 {}
        }
    }

    @Test func endsItsSessionWhenForgotten() async throws {
        try await withDatabase { pool in
            do {
                let listener = Listener(pool.settings, channels: ["jobs"])
                var events = listener.events.makeAsyncIterator()
                #expect(await events.next() == .listening)
            }
            while try await sessions(pool) > 0 {}
        }
    }

    @Test func stopsWhileThereIsNoServer() async {
        let listener = Listener(ConnectionSettings(url: "host=/nonexistent.example"), channels: ["jobs"])
        listener.stop()
        var events = listener.events.makeAsyncIterator()
        #expect(await events.next() == nil)
    }

    private func sessions(_ pool: Pool) async throws -> Int {
        try await pool.execute(
            "select 1 from pg_stat_activity where datname = current_database() and query like 'listen%'")
    }

    private func endListening(_ pool: Pool) async throws {
        let ended = try await pool.execute(
            """
            select pg_terminate_backend(pid, 5000) from pg_stat_activity
            where datname = current_database() and query like 'listen%'
            """)
        #expect(ended == 1)
    }
}
