import Social
import Testing
import Wire

struct DomainRulesTests {
    static let rules: [(String, DomainRule.Kind)] = [
        ("e.test", .block), ("good.e.test", .allow), ("loud.test", .limit), ("x.loud.test", .block),
        ("school.test", .allow), ("noisy.school.test", .limit),
    ]

    static let cases: [(String, FederationMode, Judgement)] = [
        ("e.test", .open, .refused(.blocked)), ("a.e.test", .open, .refused(.blocked)),
        ("note.test", .open, .open), ("e.test.note.test", .open, .open), ("fake-e.test", .open, .open),
        ("good.e.test", .open, .open), ("x.good.e.test", .open, .open), ("bad.e.test", .open, .refused(.blocked)),
        ("loud.test", .open, .limited), ("y.loud.test", .open, .limited), ("x.loud.test", .open, .refused(.blocked)),
        ("school.test", .open, .open), ("school.test", .allowlist, .open), ("a.school.test", .allowlist, .open),
        ("noisy.school.test", .allowlist, .limited), ("loud.test", .allowlist, .limited),
        ("note.test", .allowlist, .refused(.notListed)), ("e.test", .allowlist, .refused(.blocked)),
        ("good.e.test", .allowlist, .open), ("school.test", .closed, .refused(.closed)),
        ("note.test", .closed, .refused(.closed)), ("test", .open, .open),
    ]

    @Test("A rule covers all names below its domain, and that about the longest name holds", arguments: cases)
    func judges(host: String, mode: FederationMode, expected: Judgement) {
        let rules = DomainRules(Self.rules.map { (DomainName(host: $0.0), $0.1) })
        #expect(rules.judge(host, mode: mode) == expected)
    }

    @Test("Of two rules about one domain block beats limit, and limit beats allow")
    func strictestHolds() {
        let name = DomainName(host: "e.test")
        for kinds in [[DomainRule.Kind.allow, .block], [.block, .allow], [.limit, .block]] {
            #expect(DomainRules(kinds.map { (name, $0) }).judge("e.test", mode: .open) == .refused(.blocked))
        }
        #expect(DomainRules([(name, .allow), (name, .limit)]).judge("e.test", mode: .open) == .limited)
    }

    @Test("People of a limited domain ask before they follow")
    func limited() {
        #expect(Judgement.limited.asksBeforeFollowing && !Judgement.open.asksBeforeFollowing)
    }
}

struct DomainDecisionDraftTests {
    private let community = Community(
        name: "Ateneo", origin: Origin(scheme: .https, host: "a.example", port: 443), meetingTemplate: nil)

    private func fields(_ domain: String, _ kind: DomainRule.Kind = .block, reason: String = "", author: String = "ana")
        -> [String]
    {
        do throws(InvalidFields) {
            _ = try DomainDecisionDraft(domain: domain, kind: kind, reason: reason, author: author).checked(own: community)
            return []
        } catch {
            return error.errors.map(\.field)
        }
    }

    @Test func checks() {
        #expect(fields("E.Test.").isEmpty)
        #expect(fields("e.test:1") == ["domain"])
        #expect(fields("bücher.example") == ["domain"])
        #expect(fields("a.example") == ["domain"])
        #expect(fields("example").isEmpty)
        #expect(fields("a.example", .allow).isEmpty)
        #expect(fields("e.test", reason: String(repeating: "x", count: 1001), author: "") == ["reason", "author"])
    }
}
