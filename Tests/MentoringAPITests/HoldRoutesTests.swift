import Foundation
import JSONTree
import Mentoring
import Social
import TestSupport
import Testing
import WebServer
import Wire

/// Noor is open on every day from 09:00 to 12:00 of UTC, with half an hour free after each session.
struct HoldRoutesTests {
    private func open(_ bench: APIBench, _ requests: JSON = ["requests": "always"]) async {
        let saved = await bench.call(
            "PUT", "/availability",
            [
                "zone": "UTC",
                "rules": .array(
                    Weekday.allCases.map { ["weekday": .string($0.rawValue), "from": "09:00", "to": "12:00"] }),
                "limits": [["type": "pana_support", "buffer_after": 30, "grid": 30]], "holding": requests,
            ], as: bench.noor)
        #expect(saved.status == 200, "\(saved.text)")
    }

    private func time(_ clock: String) -> String { "\(DateTime.format(.hence(days: 5)).prefix(10))T\(clock):00Z" }

    private func hold(_ bench: APIBench, _ clock: String, as account: Account? = nil) async -> Answer {
        await bench.call(
            "POST", "/mentors/noor/holds", ["type": "pana_support", "start": .string(time(clock)), "minutes": 30],
            as: account)
    }

    private func ask(_ bench: APIBench, _ clock: String, as account: Account? = nil) async -> Answer {
        var request = APIBench.request
        request["start"] = .string(time(clock))
        return await bench.call("POST", "/sessions", .object(request), as: account)
    }

    /// What the day tells of a time: free, or the rule that takes it.
    private func told(_ bench: APIBench, _ clock: String, as account: Account) async throws -> String? {
        let day = time(clock).prefix(10)
        let answer = await bench.call(
            "GET", "/mentors/noor/slots/why?type=pana_support&minutes=30&zone=UTC&from=\(day)&to=\(day)", as: account)
        let found = try #require(try json(answer.text)["days"]?.array?.first)
        if found["starts"]?.array?.contains(.string(time(clock))) == true { return "free" }
        return found["removed"]?.array?.first {
            $0["starts"]?.array?.contains(.string(time(clock))) == true
        }?["rule"]?.string
    }

    @Test("A time that is kept is free to its holder, busy to others, and named to the mentor; it can be given back")
    func keeps() async throws {
        try await withFederation { federation in
            let bench = try await APIBench(federation)
            await open(bench)
            let made = await hold(bench, "10:00")
            #expect(made.status == 201, "\(made.text)")
            let entity = try json(made.text)
            #expect(entity["start"]?.string == time("10:00") && entity["minutes"] == 30)
            #expect(try await told(bench, "10:00", as: bench.mika) == "free")
            #expect(try await told(bench, "10:00", as: bench.zed) == "busy")
            #expect(try await told(bench, "10:00", as: bench.noor) == "taken_by_hold")
            let lost = await hold(bench, "10:00", as: bench.zed)
            #expect(lost.status == 409)
            let refused = try json(lost.text)
            #expect(refused["conflict"] == "time_not_free" && refused["rule"] == "busy")
            #expect(refused["nearest"]?.array?.isEmpty == false)
            let id = try #require(entity["id"]?.string)
            #expect(await bench.call("DELETE", "/holds/\(id)", as: bench.zed).status == 404)
            #expect(await bench.call("DELETE", "/holds/\(id)").status == 204)
            #expect(await bench.call("DELETE", "/holds/\(id)").status == 404)
            #expect(try await told(bench, "10:00", as: bench.zed) == "free")
        }
    }

    @Test("A request shows both until when it keeps its time, and the mentor's own view names it")
    func shows() async throws {
        try await withFederation { federation in
            let bench = try await APIBench(federation)
            await open(bench)
            let session = try json(await ask(bench, "10:00").text)
            let id = try #require(session["id"]?.string)
            #expect(session["held_until"] == session["answer_by"])
            let seen = try json(await bench.call("GET", "/sessions/\(id)", as: bench.noor).text)
            #expect(seen["held_until"] == session["held_until"])
            #expect(try await told(bench, "10:00", as: bench.noor) == "taken_by_request")
            #expect(await ask(bench, "10:00", as: bench.zed).status == 409)
            let declined = await bench.respond(id, ["action": "decline", "reason": "No."])
            #expect(try json(declined.text)["held_until"] == .null)
            #expect(await ask(bench, "10:00", as: bench.zed).status == 201)
        }
    }

    @Test("A mentor who overrides a buffer is told of what, keeps it in the history, and nobody else sees it")
    func overrides() async throws {
        try await withFederation { federation in
            let bench = try await APIBench(federation)
            await open(bench, ["requests": "never"])
            let (first, second) = (try json(await ask(bench, "10:00").text), try json(await ask(bench, "10:30", as: bench.zed).text))
            let (one, two) = (try #require(first["id"]?.string), try #require(second["id"]?.string))
            #expect(await bench.respond(one, ["action": "accept"]).status == 200)
            let refused = await bench.respond(two, ["action": "accept"])
            #expect(refused.status == 409)
            let answer = try json(refused.text)
            let clash: JSON = ["kind": "session", "start": .string(time("10:00")), "end": .string(time("10:30"))]
            #expect(answer["conflict"] == "too_near" && answer["clash"] == clash && answer["status"] == "pending")
            #expect(answer["nearest"]?.array?.isEmpty == false)
            let accepted = await bench.respond(two, ["action": "accept", "override": true])
            #expect(accepted.status == 200, "\(accepted.text)")
            #expect(try json(accepted.text)["history"]?.array?.last?["despite"] == clash)
            let seen = try json(await bench.call("GET", "/sessions/\(two)", as: bench.zed).text)
            #expect(seen["history"]?.array?.last?["what"] == "accepted")
            #expect(seen["history"]?.array?.last?["despite"] == .null)
        }
    }
}
