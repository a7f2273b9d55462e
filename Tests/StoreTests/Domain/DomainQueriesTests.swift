import Foundation
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import Wire

struct DomainQueriesTests {
    static let rules: [(String, DomainRule.Kind)] = [
        ("e.test", .block), ("good.e.test", .allow), ("loud.test", .limit), ("x.loud.test", .block), ("school.test", .allow),
    ]

    private func save(_ rules: [(String, DomainRule.Kind)], on home: TestCommunity) async throws {
        for (name, kind) in rules {
            try await home.database.save(
                DomainRule(domain: DomainName(host: name), kind: kind, reason: "r", author: "ana", createdAt: .thisSecond))
        }
    }

    @Test("The database judges as the program does, so that lists show what may be shown")
    func sameJudgement() async throws {
        try await withCommunity { home in
            try await save(Self.rules, on: home)
            let stored = try await home.database.domainRules()
            #expect(stored.map(\.domain.description) == Self.rules.map(\.0).sorted())
            let rules = DomainRules(stored.map { ($0.domain, $0.kind) })
            let hosts = [
                "e.test", "a.e.test", "fake-e.test", "good.e.test", "x.good.e.test", "loud.test", "x.loud.test",
                "y.x.loud.test", "school.test", "a.school.test", "note.test", "test", "localhost",
            ]
            for mode in FederationMode.allCases {
                for host in hosts {
                    let row = try await home.database.row("select judge_domain(\(host), \(mode.rawValue)) as verdict")
                    let verdict: String? = try row?.get("verdict")
                    let expected =
                        switch rules.judge(host, mode: mode) {
                        case .open: "open"
                        case .limited: "limited"
                        case .refused: "refused"
                        }
                    #expect(verdict == expected, "\(host) \(mode)")
                }
            }
        }
    }

    @Test("An actor is judged by its id, our own are always open")
    func actors() async throws {
        try await withCommunity { home in
            _ = try await home.person("noor")
            _ = try await home.neighbour("eve", at: "a.e.test")
            try await save([("e.test", .block), ("a.example", .block)], on: home)
            let rows = try await home.database.rows(
                "select username, \(SQL.judgementOfActor(mode: .open)) as verdict from actors order by username")
            let verdicts: [String] = try rows.map { try $0.get("verdict") }
            #expect(verdicts == ["refused", "open"])
        }
    }

    @Test(
        "The host of an address is read as the program reads it",
        arguments: [
            ("https://E.TEST./x", "e.test"), ("http://e.test:80/x", "e.test"), ("https://e.test", "e.test"),
            ("HTTPS://e.test?x", "e.test"),
        ])
    func hosts(text: String, host: String) async throws {
        try await withCommunity { home in
            #expect(try uri(text).host == host)
            let read: String? = try await home.database.row("select uri_host(\(text)) as host")?.get("host")
            #expect(read == host)
        }
    }

    @Test("Each change of a rule is seen by the number of the rules, and nothing else is")
    func version() async throws {
        try await withCommunity { home in
            let first = try await home.database.domainRulesVersion()
            try await save([("e.test", .block)], on: home)
            let second = try await home.database.domainRulesVersion()
            try await home.database.deleteDomainRule(DomainName(host: "e.test"))
            let third = try await home.database.domainRulesVersion()
            #expect(first < second && second < third)
            #expect(try await home.database.domainRulesVersion() == third)
        }
    }

    @Test("Domains that wait are bounded in number, and a rule answers all below it")
    func requests() async throws {
        try await withCommunity { home in
            for name in ["a.test", "b.test", "c.test", "x.a.test"] {
                try await home.database.noteDomainRequest(DomainName(host: name), limit: 3)
            }
            try await home.database.noteDomainRequest(DomainName(host: "b.test"), limit: 3)
            let waiting = try await home.database.domainRequests()
            #expect(waiting.map(\.domain.description) == ["b.test", "x.a.test", "c.test"])
            #expect(waiting.first?.attempts == 2)
            try await home.database.deleteDomainRequests(below: DomainName(host: "a.test"))
            #expect(try await home.database.domainRequests().map(\.domain.description) == ["b.test", "c.test"])
        }
    }

    @Test("A host is known since somebody first proved to be there")
    func knownHosts() async throws {
        try await withCommunity { home in
            #expect(try await home.database.hostKnownSince("b.example") == nil)
            try await home.database.rememberHost("b.example")
            let since = try #require(try await home.database.hostKnownSince("b.example"))
            try await home.database.rememberHost("b.example")
            #expect(try await home.database.hostKnownSince("b.example") == since)
            #expect(try await home.database.hostKnownSince("b.example:8443") == nil)
        }
    }
}
