import Federation
import JSONTree
import Mentoring
import MentoringAPI
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import UseCases
import WebServer
import Wire

struct ApplicationRoutesTests {
    /// The routes of a community that wants to know its mentors.
    private struct Doors {
        let bench: APIBench
        let routes: [Route]

        init(_ federation: TestFederation) async throws {
            bench = try await APIBench(federation)
            var policy = MentoringPolicy()
            policy.admission = .approval
            let desk = MentorApplications(
                policy: policy, profiles: federation.desks.profiles, voice: federation.desks.applications.voice)
            routes = ApplicationRoutes(database: federation.home.database, desk: desk).routes
        }

        func call(_ method: String, _ target: String, _ body: JSON? = nil, as account: Account?) async -> Answer {
            await routes.answer(
                method, "/api/mentoring" + target, fields: body == nil ? [] : [("content-type", "application/json")],
                body: body?.serialized() ?? [], as: account)
        }

        func promote(_ account: Account, _ role: Account.Role) async throws -> Account {
            let database = bench.federation.home.database
            try await database.execute("update accounts set role = \(role) where actor_id = \(account.actor.id)")
            return try #require(try await database.account(id: account.actor.id))
        }

        func apply(_ text: String) async throws -> String {
            let answer = await call("POST", "/application", ["text": .string(text)], as: bench.zed)
            return try #require(try json(answer.text)["id"]?.string, "\(answer.text)")
        }
    }

    @Test("Only moderators and administrators read and answer applications", arguments: Account.Role.allCases)
    func roles(role: Account.Role) async throws {
        try await withFederation { federation in
            let doors = try await Doors(federation)
            let id = try await doors.apply("I teach SQL.")
            let judge = try await doors.promote(doors.bench.mika, role)
            let isAllowed = role != .member
            #expect(await doors.call("GET", "/applications", as: judge).status == (isAllowed ? 200 : 403))
            #expect(await doors.call("POST", "/applications/\(id)/refuse", [:], as: judge).status == (isAllowed ? 422 : 403))
            #expect(await doors.call("POST", "/applications/\(id)/approve", as: judge).status == (isAllowed ? 200 : 403))
            #expect(await doors.call("GET", "/applications", as: nil).status == 401)
            let state = try await federation.home.database.latestApplication(of: doors.bench.zed.actor.id)?.state
            #expect(state == (isAllowed ? .approved : .waiting))
        }
    }

    @Test("An applicant sees what became of it; answered twice is a conflict that names the answer")
    func decides() async throws {
        try await withFederation { federation in
            let doors = try await Doors(federation)
            let judge = try await doors.promote(doors.bench.mika, .administrator)
            let before = try json(await doors.call("GET", "/application", as: doors.bench.zed).text)
            #expect(before["needed"] == true && before["application"] == .null)
            let id = try await doors.apply("I teach SQL.")
            let twice = await doors.call("POST", "/application", ["text": "Again."], as: doors.bench.zed)
            #expect(twice.status == 409)
            #expect(try json(twice.text)["conflict"] == "waiting")
            let refused = await doors.call("POST", "/applications/\(id)/refuse", ["reason": "Say more."], as: judge)
            #expect(refused.status == 200)
            let again = await doors.call("POST", "/applications/\(id)/approve", as: judge)
            #expect(again.status == 409)
            #expect(try json(again.text)["conflict"] == "decided")
            #expect(try json(again.text)["state"] == "refused")
            let after = try json(await doors.call("GET", "/application", as: doors.bench.zed).text)["application"]
            #expect(after?["state"] == "refused" && after?["reason"] == "Say more." && after?["person"]?["name"] == "Zed")
            let same = await doors.call("POST", "/application", ["text": "I  teach SQL."], as: doors.bench.zed)
            #expect(try json(same.text)["conflict"] == "unchanged")
            #expect(try await doors.apply("I teach SQL since 1999.") != id)
        }
    }

    @Test("Lists are filtered and paged, the latest first")
    func lists() async throws {
        try await withFederation { federation in
            let doors = try await Doors(federation)
            let judge = try await doors.promote(doors.bench.mika, .moderator)
            var ids: [String] = []
            for number in 1...3 {
                ids.append(try await doors.apply("Text \(number)"))
                if number < 3 {
                    _ = await doors.call("POST", "/applications/\(ids[number - 1])/refuse", ["reason": "No."], as: judge)
                }
            }
            for (query, expected) in [
                ("", [2, 1, 0]), ("?state=waiting", [2]), ("?state=refused", [1, 0]), ("?state=approved", []),
                ("?limit=1", [2]), ("?limit=2&before=\(ids[2])", [1, 0]),
            ] as [(String, [Int])] {
                let list = try json(await doors.call("GET", "/applications\(query)", as: judge).text)["applications"]
                #expect(list?.array?.map { $0["id"]?.string } == expected.map { ids[$0] }, "\(query)")
            }
            for (query, field) in [("state=open", "state"), ("limit=0", "limit"), ("before=x", "before")] {
                #expect(await doors.call("GET", "/applications?\(query)", as: judge).fieldNames == [field])
            }
            for id in ["1", "x", "99999999999999999999", "-1"] {
                #expect(await doors.call("POST", "/applications/\(id)/approve", as: judge).status == 404)
            }
        }
    }

    @Test("Reading needs `read`, changing needs `write`, and nothing is open")
    func scopes() async throws {
        try await withFederation { federation in
            for route in try await Doors(federation).routes {
                #expect(route.access == .token(route.method == .get ? .read : .write), "\(route.method) \(route.path)")
            }
        }
    }
}
