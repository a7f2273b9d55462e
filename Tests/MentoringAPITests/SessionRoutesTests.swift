import Foundation
import JSONTree
import Mentoring
import Social
import TestSupport
import Testing
import WebServer
import Wire

struct AskingTests {
    @Test("A request is answered with the session as it stands")
    func asks() async throws {
        try await withFederation { federation in
            let bench = try await APIBench(federation)
            let answer = await bench.call("POST", "/sessions", .object(APIBench.request))
            #expect(answer.status == 201)
            let session = try json(answer.text)
            let id = try #require(session["id"]?.string)
            #expect(answer.field("location") == "/api/mentoring/sessions/\(id)")
            #expect(answer.field("cache-control") == "private, no-store")
            #expect(session["status"] == "pending")
            #expect(session["role"] == "mentee")
            #expect(session["waiting_on"] == "mentor")
            #expect(session["topic"] == "My portfolio")
            #expect(session["message"] == "Hello\nNoor")
            #expect(session["start"]?.string == DateTime.format(APIBench.start))
            #expect(session["zone"] == "Europe/Berlin")
            #expect(session["mentor"]?["handle"]?.string == "noor@\(federation.community.domain)")
            #expect(session["history"]?.array?.map { $0["what"] } == ["requested"])
            #expect(try json(await bench.call("GET", "/sessions/\(id)", as: bench.noor).text)["role"] == "mentor")
        }
    }

    /// Changes to a good request, and the fields that are then named.
    static let mistakes: [(JSON.Object, [String])] = [
        (["mentor": "nobody"], ["mentor"]), (["mentor": "mika"], ["mentor"]), (["mentor": "zed"], ["mentor"]),
        (["mentor": "@"], ["mentor"]), (["mentor": ""], ["mentor"]), (["mentor": 5], ["mentor"]),
        (["mentor": "http://a.localhost:8080/actor"], ["mentor"]),
        (["mentor": "noor@unreachable.localhost:1"], ["mentor"]), (["mentor": "https://10.0.0.1/users/x"], ["mentor"]),
        (["type": "nothing"], ["type"]), (["type": "artistic"], ["type"]), (["type": .null], ["type"]),
        (["topic": ""], ["topic"]), (["topic": .string(String(repeating: "x", count: 201))], ["topic"]),
        (["message": .string(String(repeating: "x", count: 5001))], ["message"]),
        (["start": "2020-01-01T00:00:00Z"], ["start"]), (["start": "tomorrow"], ["start"]), (["start": 5], ["start"]),
        (["start": "2027-03-01T16:00:00"], ["start"]), (["start": "9999-01-01T00:00:00Z"], ["start"]),
        (["minutes": 7], ["minutes"]), (["minutes": 0], ["minutes"]), (["minutes": "30"], ["minutes"]),
        (["minutes": .int(Int.max)], ["minutes"]), (["zone": "Mars/Base"], ["zone"]),
        (["place": ["medium": "telepathy"]], ["place.medium"]), (["place": "here"], ["place"]),
        (["place": ["medium": "online", "link": "javascript:1"]], ["place.link"]),
        (["rate": ["amount": "5", "currency": "EUR"]], ["rate"]), (["rate": ["amount": "5"]], ["rate.currency"]),
        (["type": "panamia_planning", "rate": ["amount": "5", "currency": "EUR"]], ["rate"]),
        (["unknown": 1], ["unknown"]), (["topic": "", "minutes": 7, "zone": "x"], ["topic", "zone", "minutes"]),
    ]

    @Test("Everything that is wrong is named, and nothing is kept")
    func namesMistakes() async throws {
        try await withFederation { federation in
            let bench = try await APIBench(federation)
            for (change, fields) in Self.mistakes {
                var request = APIBench.request
                for (name, value) in change { request[name] = value }
                let answer = await bench.call("POST", "/sessions", .object(request))
                #expect(answer.status == 422, "\(JSON.object(change).serializedText()): \(answer.text)")
                #expect(answer.fieldNames.sorted() == fields.sorted(), "\(answer.text)")
            }
            for name in ["mentor", "type", "topic", "start", "minutes", "zone"] {
                var request = APIBench.request
                request[name] = nil
                let answer = await bench.call("POST", "/sessions", .object(request))
                #expect(answer.status == 422)
                #expect(answer.fieldNames == [name])
            }
            #expect(try await federation.home.count(.sessions) == 0)
        }
    }

    @Test("What is not JSON is told so")
    func bodies() async throws {
        try await withFederation { federation in
            let bench = try await APIBench(federation)
            let good = JSON.object(APIBench.request)
            #expect(await bench.call("POST", "/sessions", good, contentType: "text/plain").status == 415)
            #expect(await bench.call("POST", "/sessions").status == 415)
            for body in [
                "", "{", #"{"a":1,"a":2}"#, #"{"topic":"a\u0000b"}"#, "\u{FEFF}{}", String(repeating: "[", count: 9999),
            ] {
                let answer = await bench.routes.answer(
                    "POST", "/api/mentoring/sessions", fields: [("content-type", "application/json")],
                    body: Array(body.utf8), as: bench.mika)
                #expect(answer.status == 400, "\(body.prefix(9))")
            }
            #expect(await bench.call("POST", "/sessions", []).status == 422)
            let charset = await bench.call("POST", "/sessions", good, contentType: "application/json; charset=utf-8")
            #expect(charset.status == 201)
        }
    }

    @Test("A mentor elsewhere is found by handle and by address, and asked over there")
    func asksElsewhere() async throws {
        try await withFederation { federation in
            let bench = try await APIBench(federation)
            let peer = try await TestPeer.start()
            let eli = try peer.person("eli")
            for name in ["eli@\(peer.origin.authority)", "@ELI@\(peer.origin.authority)", eli.uri.string] {
                var request = APIBench.request
                request["mentor"] = .string(name)
                let answer = await bench.call("POST", "/sessions", .object(request))
                #expect(answer.status == 201, "\(answer.text)")
                #expect(try json(answer.text)["mentor"]?["is_local"] == false)
            }
            #expect(try await federation.home.jobs("deliver").count == 3)
            #expect(peer.requests("/users/eli").count == 1)
        }
    }
}

struct AnsweringTests {
    @Test("Accept makes a meeting link of the community, decline needs a reason")
    func answers() async throws {
        try await withFederation { federation in
            let bench = try await APIBench(federation)
            let first = try await bench.ask()
            let accepted = await bench.respond(first, ["action": "accept", "note": "See you"])
            #expect(accepted.status == 200)
            let session = try json(accepted.text)
            #expect(session["status"] == "scheduled")
            #expect(session["place"]?["link"]?.string?.hasPrefix("https://meet.example/") == true)
            let second = try await bench.ask(start: .hence(days: 8))
            let wordless = await bench.respond(second, ["action": "decline"])
            #expect(wordless.status == 422)
            #expect(wordless.fieldNames == ["reason"])
            let declined = await bench.respond(second, ["action": "decline", "reason": "I am away."])
            #expect(try json(declined.text)["ended"]?["reason"] == "I am away.")
            #expect(try json(declined.text)["ended"]?["by"] == "mentor")
        }
    }

    static let mistakes: [(JSON, [String])] = [
        ([:], ["action"]), (["action": "maybe"], ["action"]), (["action": "accept", "x": 1], ["x"]),
        (["action": "accept", "place": ["medium": "in_person", "link": "x"]], ["place.link"]),
        (["action": "accept", "note": .string(String(repeating: "x", count: 1001))], ["note"]),
        (["action": "decline", "reason": "  "], ["reason"]), (["action": "decline", "reason": "\u{7}"], ["reason"]),
        (["action": "decline", "reason": .string(String(repeating: "x", count: 1001))], ["reason"]),
    ]

    @Test func namesMistakes() async throws {
        try await withFederation { federation in
            let bench = try await APIBench(federation)
            let id = try await bench.ask()
            for (body, fields) in Self.mistakes {
                let answer = await bench.respond(id, body)
                #expect(answer.status == 422, "\(body.serializedText()): \(answer.text)")
                #expect(answer.fieldNames == fields, "\(answer.text)")
            }
            #expect(try await bench.status(id) == "pending")
        }
    }

    @Test("What cannot be any more is 409 with what stands")
    func conflicts() async throws {
        try await withFederation { federation in
            let bench = try await APIBench(federation)
            let id = try await bench.ask()
            let rival = try await bench.ask()
            _ = await bench.respond(id, ["action": "accept"])
            let taken = await bench.respond(rival, ["action": "accept"])
            #expect(taken.status == 409)
            #expect(try json(taken.text)["conflict"] == "slot_taken")
            let again = await bench.respond(id, ["action": "decline", "reason": "No."])
            #expect(again.status == 409)
            #expect(try json(again.text)["status"] == "scheduled")
            #expect(try json(again.text)["revision"] == 0)
            _ = await bench.call("PATCH", "/sessions/\(id)", ["status": "cancelled", "reason": "Ill."])
            for answer in [
                await bench.respond(id, ["action": "accept"]),
                await bench.call("PATCH", "/sessions/\(id)", ["status": "cancelled", "reason": "Ill."]),
                await bench.call("PATCH", "/sessions/\(id)", ["start": .string(DateTime.format(.hence(days: 9)))]),
            ] {
                #expect(answer.status == 409)
                #expect(try json(answer.text)["status"] == "cancelled")
            }
        }
    }

    @Test("The mentee answers other times, not the own request")
    func menteeAnswers() async throws {
        try await withFederation { federation in
            let bench = try await APIBench(federation)
            let id = try await bench.ask()
            #expect(await bench.respond(id, ["action": "accept"], as: bench.mika).status == 409)
            let other = DateTime.format(.hence(days: 9))
            let proposed = await bench.call(
                "PATCH", "/sessions/\(id)", ["start": .string(other), "reason": "Better then."], as: bench.noor)
            #expect(proposed.status == 200)
            #expect(try json(proposed.text)["proposal"]?["slots"]?.array?.map { $0["start"] } == [.string(other)])
            let wrong = await bench.respond(
                id, ["action": "accept", "start": "2030-01-01T00:00:00Z"], as: bench.mika)
            #expect(wrong.fieldNames == ["start"])
            let taken = await bench.respond(id, ["action": "accept", "start": .string(other)], as: bench.mika)
            #expect(try json(taken.text)["status"] == "scheduled")
            #expect(try json(taken.text)["start"]?.string == other)
        }
    }
}

struct ChangingTests {
    static let mistakes: [(JSON, [String])] = [
        (["status": "scheduled"], ["status"]), (["status": "cancelled"], ["reason"]),
        (["status": "cancelled", "reason": "Ill.", "minutes": 30], ["status"]), (["minutes": 0], ["minutes"]),
        (["minutes": 481], ["minutes"]), (["zone": "Mars/Base"], ["zone"]),
        (["start": "2020-01-01T00:00:00Z"], ["start"]),
        (["start": "9998-01-01T00:00:00Z"], ["start"]), (["notes": 5], ["notes"]), (["notes": .null], ["notes"]),
        (["notes": .string(String(repeating: "x", count: 20_001))], ["notes"]),
        (["topic": "new"], ["topic"]),
    ]

    @Test func namesMistakes() async throws {
        try await withFederation { federation in
            let bench = try await APIBench(federation)
            let id = try await bench.ask()
            for (body, fields) in Self.mistakes {
                let answer = await bench.call("PATCH", "/sessions/\(id)", body)
                #expect(answer.status == 422, "\(body.serializedText()): \(answer.text)")
                #expect(answer.fieldNames == fields, "\(answer.text)")
            }
            #expect(try await bench.status(id) == "pending")
        }
    }

    @Test("Notes are each party's own")
    func notes() async throws {
        try await withFederation { federation in
            let bench = try await APIBench(federation)
            let id = try await bench.ask()
            let mine = await bench.call("PATCH", "/sessions/\(id)", ["notes": "Bring the laptop."])
            #expect(try json(mine.text)["notes"] == "Bring the laptop.")
            #expect(try json(await bench.call("GET", "/sessions/\(id)", as: bench.noor).text)["notes"] == .null)
            _ = await bench.call("PATCH", "/sessions/\(id)", ["notes": ""])
            #expect(try json(await bench.call("GET", "/sessions/\(id)").text)["notes"] == .null)
        }
    }

    @Test("A note that comes with a change that is refused is not kept")
    func allOrNothing() async throws {
        try await withFederation { federation in
            let bench = try await APIBench(federation)
            let id = try await bench.ask()
            let answer = await bench.call(
                "PATCH", "/sessions/\(id)", ["notes": "x", "start": .string(DateTime.format(APIBench.start))])
            #expect(answer.status == 409)
            #expect(try json(answer.text)["conflict"] == "unchanged")
            #expect(try json(await bench.call("GET", "/sessions/\(id)").text)["notes"] == .null)
        }
    }

    @Test("The mentee moves; the session waits for a new answer")
    func moves() async throws {
        try await withFederation { federation in
            let bench = try await APIBench(federation)
            let id = try await bench.ask()
            _ = await bench.respond(id, ["action": "accept"])
            let moved = await bench.call("PATCH", "/sessions/\(id)", ["minutes": 45])
            let session = try json(moved.text)
            #expect(session["status"] == "pending")
            #expect(session["revision"] == 1)
            #expect(session["minutes"] == 45)
        }
    }

    @Test(
        "Strangers and wrong addresses are told the same",
        arguments: [
            "", "1", "%00", "00000000-0000-0000-0000-000000000000", "' or 1=1",
        ])
    func strangers(wrong: String) async throws {
        try await withFederation { federation in
            let bench = try await APIBench(federation)
            let id = try await bench.ask()
            for (target, account) in [
                ("/sessions/\(id)", bench.zed), ("/sessions/\(wrong.isEmpty ? "x" : wrong)", bench.mika),
            ] {
                for answer in [
                    await bench.call("GET", target, as: account),
                    await bench.call("PATCH", target, ["notes": "x"], as: account),
                    await bench.call("POST", target + "/respond", ["action": "accept"], as: account),
                ] {
                    #expect(answer.status == 404)
                    #expect(answer.text == #"{"error":"Record not found"}"#)
                }
            }
        }
    }
}

struct ListingTests {
    @Test("Lists are filtered and paged")
    func lists() async throws {
        try await withFederation { federation in
            let bench = try await APIBench(federation)
            var ids: [String] = []
            for day in 1...5 { ids.append(try await bench.ask(start: .hence(days: Double(day + 2)))) }
            _ = await bench.respond(ids[0], ["action": "accept"])
            var found: [String] = []
            var next: String? = ""
            while let cursor = next {
                let page = try json(
                    await bench.call("GET", "/sessions?limit=2" + (cursor.isEmpty ? "" : "&before=\(cursor)")).text)
                found += (page["sessions"]?.array ?? []).compactMap { $0["id"]?.string }
                next = page["next"]?.string
            }
            #expect(found == ids.reversed())
            for (query, count) in [
                ("?role=mentee", 5), ("?role=mentor", 0), ("?status=scheduled", 1), ("?status=no_show", 0),
            ] {
                let list = try json(await bench.call("GET", "/sessions\(query)").text)["sessions"]?.array
                #expect(list?.count == count, "\(query)")
            }
            #expect(try json(await bench.call("GET", "/sessions", as: bench.zed).text)["sessions"] == [])
        }
    }

    static let wrong = [
        ("role=clock", "role"), ("role=", "role"), ("status=open", "status"), ("limit=0", "limit"),
        ("limit=41", "limit"),
        ("limit=x", "limit"), ("limit=99999999999999999999", "limit"), ("before=x", "before"), ("before=-1", "before"),
        ("before=9223372036854775808", "before"), ("before=%00", "before"),
    ]

    @Test("Wrong parameters are named (J02, J04)")
    func namesParameters() async throws {
        try await withFederation { federation in
            let bench = try await APIBench(federation)
            for (query, field) in Self.wrong {
                let answer = await bench.call("GET", "/sessions?\(query)")
                #expect(answer.status == 422, "\(query)")
                #expect(answer.fieldNames == [field], "\(query)")
            }
        }
    }

    @Test("Notifications tell what the other did")
    func notifications() async throws {
        try await withFederation { federation in
            let bench = try await APIBench(federation)
            let id = try await bench.ask()
            _ = await bench.respond(id, ["action": "accept"])
            let mine = try json(await bench.call("GET", "/notifications").text)["notifications"]?.array ?? []
            #expect(mine.map { $0["what"] } == ["accepted"])
            #expect(mine.first?["session"]?.string == id)
            #expect(mine.first?["from"]?["handle"]?.string == "noor@\(federation.community.domain)")
            let hers = try json(await bench.call("GET", "/notifications", as: bench.noor).text)
            #expect(hers["notifications"]?.array?.map { $0["what"] } == ["requested"])
            #expect(hers["next"] == .null)
            #expect(await bench.call("GET", "/notifications?before=x").fieldNames == ["before"])
        }
    }
}
