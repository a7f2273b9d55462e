import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import UseCases
import Wire

struct ReportDeskTests {
    private func withDesk(_ body: (TestCommunity, Actor, Actor, ReportDesk) async throws -> Void) async throws {
        try await withCommunity { home in
            try await body(
                home, try await home.person("ann").actor, try await home.person("ben").actor,
                ReportDesk(community: home.community, consequences: []))
        }
    }

    @Test("A report keeps what was said, and stays here when the other is of here")
    func local() async throws {
        try await withDesk { home, ann, ben, desk in
            let post = try await home.post(by: ben, .public, "Rude")
            try await home.database.transaction {
                try await desk.report(ben, by: ann, posts: [post.id], comment: "See", isForwarded: true, in: $0)
            }
            let report = try #require(try await home.database.reports(openOnly: true, limit: 10).first)
            #expect(report.reporter == ann.id && report.target == ben.id)
            #expect(report.comment == "See")
            #expect(!report.isForwarded)
            #expect(report.evidence.map(\.html) == ["<p>Rude</p>"])
            #expect(report.resolvedAt == nil)
            #expect(try await home.database.resolveReport(report.id))
            #expect(try await !home.database.resolveReport(report.id))
            #expect(try await home.database.reports(openOnly: true, limit: 10).isEmpty)
            #expect(try await home.database.reports(openOnly: false, limit: 10).count == 1)
        }
    }

    @Test("Posts of others, posts that the reporter cannot see, and too many words are refused")
    func refused() async throws {
        try await withDesk { home, ann, ben, desk in
            let others = try await home.post(by: ann)
            let hidden = try await home.post(by: ben, .direct)
            for post in [others, hidden] {
                await #expect(throws: PostRefusal.notFound) {
                    try await home.database.transaction {
                        try await desk.report(ben, by: ann, posts: [post.id], comment: "", isForwarded: false, in: $0)
                    }
                }
            }
            await #expect(throws: InvalidFields.self) {
                try await home.database.transaction {
                    try await desk.report(
                        ben, by: ann, posts: [], comment: String(repeating: "x", count: 5001), isForwarded: false,
                        in: $0)
                }
            }
            #expect(try await home.count(.reports) == 0)
        }
    }
}
