import Federation
import Foundation
import JSONTree
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import UseCases
import WebServer
import Wire

@testable import FederationAPI

/// The directory as other communities page through it.
struct DirectoryRoutesTests {
    private func routes(_ federation: TestFederation, isSecure: Bool = false) -> [Route] {
        DirectoryRoutes(
            directory: PublishedDirectory(database: federation.home.database, community: federation.community),
            gate: federation.gate(isSecure: isSecure)
        ).routes
    }

    private func document(_ target: String, _ federation: TestFederation) async throws -> JSON {
        let answer = await routes(federation).answer("GET", target)
        #expect(answer.status == 200)
        return try json(answer.text)
    }

    @Test("Everybody in it is on one page, in the order in which they came, though some come and go meanwhile")
    func pages() async throws {
        try await withFederation { federation in
            let home = federation.home
            let origin = home.community.origin.description
            _ = try await home.database.execute(
                """
                insert into actors (uri, kind, username, inbox)
                select \(origin)::text || '/users/m' || n, 'Person', 'm' || n, 'https://a.example/' || n
                from generate_series(1, 450) n
                """)
            _ = try await home.database.execute(
                "insert into directory_entries (actor_id, number) select id, substr(username, 2)::bigint from actors where username like 'm%'")
            var (names, target): ([String], String?) = ([], "/actor/directory")
            while let next = target {
                let page = try await document(next, federation)
                let schema = next == "/actor/directory" ? "directory/collection" : "directory/page"
                #expect(try JSONSchema().errors(in: page, as: schema) == [])
                names += page["orderedItems"].list.compactMap { $0["id"]?.string }
                target = (page["first"]?.string ?? page["next"]?.string).flatMap { URI($0)?.requestTarget }
                if names.count == 200 {
                    _ = try await home.database.execute("delete from directory_entries where number in (7, 300)")
                }
            }
            #expect(names == (1...450).filter { $0 != 300 }.map { "\(origin)/users/m\($0)" })
        }
    }

    @Test("Where every reader has to sign, so has this one")
    func secure() async throws {
        try await withFederation { federation in
            let answer = await routes(federation, isSecure: true).answer("GET", "/actor/directory")
            #expect(answer.status == 401)
        }
    }

    @Test("No position is an error", arguments: ["x", "-1", "99999999999999999999", "", "0"])
    func positions(after: String) async throws {
        try await withFederation { federation in
            let page = try await document("/actor/directory?page=true&after=\(after)", federation)
            #expect(page["orderedItems"].list.isEmpty && page["next"] == nil)
        }
    }
}
