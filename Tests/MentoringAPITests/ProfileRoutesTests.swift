import JSONTree
import Mentoring
import Social
import TestSupport
import Testing
import WebServer
import Wire

struct ProfileRoutesTests {
    static let profile: JSON.Object = [
        "bio": "I help.", "expertise": ["SQL", "#Data  Careers"], "languages": ["DE", "pt-br"], "zone": "Europe/Berlin",
        "offers": [["type": "artistic", "rate": ["amount": "9.5", "currency": "EUR"]], ["type": "pana_support"]],
        "who_may_ask": "known", "published": true,
    ]

    @Test("What is saved is read back, in its one spelling")
    func saves() async throws {
        try await withFederation { federation in
            let bench = try await APIBench(federation)
            #expect(await bench.call("GET", "/profile", as: bench.zed).status == 404)
            let saved = await bench.call("POST", "/profile", .object(Self.profile), as: bench.zed)
            #expect(saved.status == 200)
            let read = await bench.call("GET", "/profile", as: bench.zed)
            #expect(read.body == saved.body)
            let profile = try json(read.text)
            #expect(profile["expertise"] == ["sql", "data careers"])
            #expect(profile["languages"] == ["de", "pt-BR"])
            #expect(profile["accepting"] == true)
            #expect(
                profile["offers"]?.array?.first?["rate"] == ["amount": "9.50", "currency": "EUR", "per": "session"])
        }
    }

    static let mistakes: [(JSON.Object, [String])] = [
        (["zone": "Mars"], ["zone"]), (["zone": .null], ["zone"]), (["published": "yes"], ["published"]),
        (["who_may_ask": "friends"], ["who_may_ask"]), (["expertise": ["<b>"]], ["expertise[0]"]),
        (["expertise": "sql"], ["expertise"]), (["languages": ["english"]], ["languages[0]"]),
        (["offers": [["type": "nothing"]]], ["offers[0].type"]), (["offers": [["rate": .null]]], ["offers[0].type"]),
        (["offers": [["type": "panamia_planning", "rate": ["amount": "1", "currency": "EUR"]]]], ["offers[0].rate"]),
        (["offers": [["type": "artistic", "rate": ["amount": "-1", "currency": "EUR"]]]], ["offers[0].rate.amount"]),
        (["offers": [["type": "artistic", "rate": ["amount": "1", "currency": "XXX"]]]], ["offers[0].rate.currency"]),
        (["bio": "a\u{7}b"], ["bio"]), (["bio": .string(String(repeating: "x", count: 5001))], ["bio"]),
        (["age": 5], ["age"]),
    ]

    @Test func namesMistakes() async throws {
        try await withFederation { federation in
            let bench = try await APIBench(federation)
            for (change, fields) in Self.mistakes {
                var profile = Self.profile
                for (name, value) in change { profile[name] = value }
                let answer = await bench.call("POST", "/profile", .object(profile), as: bench.zed)
                #expect(answer.status == 422, "\(answer.text)")
                #expect(answer.fieldNames == fields, "\(answer.text)")
            }
            #expect(await bench.call("GET", "/profile", as: bench.zed).status == 404)
        }
    }

    static let details: JSON.Object = [
        "goals": ["a first job"], "styles": ["casual"], "hours_a_month": 6, "most_mentees": 3,
        "video": "https://video.example/noor", "accepting": false,
        "returns_on": .string(String(DateTime.format(.hence(days: 30)).prefix(10))),
        "questions": [["text": "Why me?", "required": true, "least_length": 40]],
    ]

    @Test("A change keeps everything that it does not name, and empties what is null")
    func changes() async throws {
        try await withFederation { federation in
            let bench = try await APIBench(federation)
            #expect(await bench.call("PATCH", "/profile", ["bio": "x"], as: bench.zed).status == 404)
            var whole = Self.profile
            for (name, value) in Self.details { whole[name] = value }
            let first = try json(await bench.call("POST", "/profile", .object(whole), as: bench.zed).text)
            for (name, value) in Self.details { #expect(first[name] == value, "\(name)") }
            for (name, value) in [
                ("bio", "I help again."), ("zone", "Asia/Tokyo"), ("hours_a_month", .null), ("video", .null),
                ("questions", []), ("styles", ["async", "scheduled"]), ("returns_on", .null), ("most_mentees", 4),
            ] as [(String, JSON)] {
                let before = try json(await bench.call("GET", "/profile", as: bench.zed).text)
                let answer = await bench.call("PATCH", "/profile", .object([name: value]), as: bench.zed)
                #expect(answer.status == 200, "\(answer.text)")
                for (member, now) in try #require(try json(answer.text).object) {
                    #expect(now == (member == name ? value : before[member]), "\(name): \(member)")
                }
            }
            let open = try json(await bench.call("PATCH", "/profile", ["accepting": true], as: bench.zed).text)
            #expect(open["accepting"] == true && open["returns_on"] == .null)
        }
    }

    static let wrongChanges: [(JSON, [String])] = [
        (["bio": .null], ["bio"]), (["goals": .null], ["goals"]), (["hours_a_month": 101], ["hours_a_month"]),
        (["most_mentees": "3"], ["most_mentees"]), (["video": "http://a.example"], ["video"]),
        (["accepting": false, "returns_on": "2020-01-01"], ["returns_on"]), (["styles": ["x"]], ["styles[0]"]),
        (["questions": [["text": ""]]], ["questions[0].text"]), (["age": 5], ["age"]), ([], [""]),
        (["questions": [["text": "Why?", "least_length": 1001], ["x": 1]]], ["questions[1].text", "questions[1].x"]),
    ]

    @Test("A change that is wrong in one field changes nothing")
    func refusesChanges() async throws {
        try await withFederation { federation in
            let bench = try await APIBench(federation)
            let before = await bench.call("POST", "/profile", .object(Self.profile), as: bench.zed)
            for (change, fields) in Self.wrongChanges {
                let answer = await bench.call("PATCH", "/profile", change, as: bench.zed)
                #expect(answer.status == 422, "\(answer.text)")
                #expect(answer.fieldNames == fields, "\(answer.text)")
            }
            #expect(await bench.call("GET", "/profile", as: bench.zed).body == before.body)
        }
    }

    @Test("Who is looked for is found, by each of the parameters")
    func discovers() async throws {
        try await withFederation { federation in
            let bench = try await APIBench(federation)
            _ = await bench.call("POST", "/profile", .object(Self.profile), as: bench.zed)
            for (query, names) in [
                ("", ["noor", "zed"]), ("?expertise=sql", ["noor", "zed"]), ("?expertise=SQL,data%20careers", ["zed"]),
                ("?language=en", ["noor"]), ("?language=DE", ["zed"]), ("?free=true", ["noor", "zed"]),
                ("?q=help", ["noor", "zed"]),
                ("?q=careers", ["zed"]), ("?q=zed&language=en", []), ("?limit=1", ["noor"]),
                ("?zone=Europe/Paris", ["noor", "zed"]), ("?zone=Pacific/Auckland&hours=3", []),
                ("?type=artistic", ["zed"]), ("?type=artistic&free=true", []), ("?community=here", ["noor", "zed"]),
                ("?community=elsewhere", []), ("?paused=true&full=true", ["noor", "zed"]),
            ] {
                let found = try json(await bench.call("GET", "/discover\(query)").text)["mentors"]?.array ?? []
                let handles = found.compactMap { $0["person"]?["handle"]?.string?.split(separator: "@").first }
                #expect(handles.map(String.init) == names, "\(query)")
            }
            let page = try json(await bench.call("GET", "/discover?limit=1").text)
            let next = try #require(page["next"]?.string)
            let rest = try json(await bench.call("GET", "/discover?limit=1&after=\(next)").text)["mentors"]?.array
            #expect(rest?.first?["person"]?["name"] == "Zed")
        }
    }

    @Test(
        "Wrong parameters are named; odd ones find nothing",
        arguments: [
            ("free=maybe", "free"), ("limit=0", "limit"), ("after=x", "after"), ("expertise=%3Cb%3E", "expertise"),
            ("language=english", "language"), ("zone=Mars", "zone"), ("hours=3", "zone"), ("zone=UTC&hours=13", "hours"),
            ("zone=UTC&hours=x", "hours"), ("community=mars", "community"), ("paused=1", "paused"), ("full=", "full"),
            ("type=%00", "type"), ("after=9-9", "after"), ("expertise=%01", "expertise"), ("q=%00", "q"), ("q=a%00b", "q"),
        ])
    func namesParameters(query: String, field: String) async throws {
        try await withFederation { federation in
            let bench = try await APIBench(federation)
            let answer = await bench.call("GET", "/discover?\(query)")
            #expect(answer.status == 422, "\(answer.text)")
            #expect(answer.fieldNames == [field])
        }
    }

    @Test func listsTheCatalogue() async throws {
        try await withFederation { federation in
            let bench = try await APIBench(federation)
            let types = try json(await bench.call("GET", "/session-types").text)["session_types"]?.array ?? []
            #expect(types.map { $0["name"] } == ["artistic", "knowledge_transfer", "panamia_planning", "pana_support"])
            #expect(types.first?["durations"] == [30, 45, 60, 90])
            #expect(types.map { $0["pricing"] }.last == "mentor_sets_rate")
        }
    }
}

struct RouteTableTests {
    @Test("Reading needs `read`, changing needs `write`, and nothing is open")
    func scopes() async throws {
        try await withFederation { federation in
            let bench = try await APIBench(federation)
            for route in bench.routes {
                #expect(route.access == .token(route.method == .get ? .read : .write), "\(route.method) \(route.path)")
            }
            #expect(Set(bench.routes.map { "\($0.method) \($0.path)" }).count == bench.routes.count)
        }
    }
}
