import PostgreSQL
import Store
import TestSupport
import Testing

struct HostQueriesTests {
    @Test("A host that answered once and then fails is closed at the fifth failure in a row, and no earlier")
    func countsInARow() async throws {
        try await withCommunity { home in
            for round in 1...2 {
                for failure in 1...4 {
                    _ = try await home.database.hostFailed("b.example", because: "timeout", pause: .seconds(900))
                    let host = try #require(try await home.database.hosts("b.example", limit: 1).first)
                    #expect(host.failures == failure, "\(round)")
                    #expect(host.closedUntil == nil)
                }
                try await home.database.hostAnswered("b.example")
            }
            #expect(try await home.database.hosts("b.example", limit: 1).first?.knownSince == nil)
        }
    }

    @Test("What never proved to be there is forgotten, and bounded before that (C20)")
    func forgetsTheUnproven() async throws {
        try await withCommunity { home in
            let database = home.database
            try await database.rememberHost("proven.example")
            for host in ["dead.example", "silent.example"] {
                _ = try await database.hostFailed(host, because: "dns", pause: .seconds(900))
            }
            try await database.hostAnswered("answers.example")
            try await database.execute(
                """
                update hosts
                set answered_at = answered_at - interval '9 days', failed_at = failed_at - interval '9 days'
                where host <> 'silent.example'
                """)
            try await database.forgetUnprovenHosts()
            let left = try await database.hosts(limit: 9).map(\.host).sorted()
            #expect(left == ["answers.example", "proven.example", "silent.example"])

            try await database.execute(
                """
                insert into hosts (host, known_since, failures, failed_at)
                select 'h' || n || '.example', null, 1, now() - make_interval(secs => n) from generate_series(1, 1000) n
                """)
            try await database.forgetUnprovenHosts(most: 100)
            let kept = try await database.hosts(limit: 1000).map(\.host)
            #expect(kept.count == 101)
            #expect(kept.contains("proven.example"))
            #expect(kept.contains("h1.example"))
            #expect(!kept.contains("h500.example"))
        }
    }
}
