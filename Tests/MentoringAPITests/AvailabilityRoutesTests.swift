import Foundation
import JSONTree
import Mentoring
import Social
import TestSupport
import Testing
import WebServer
import Wire

/// Noor is open on every day from 09:00 to 12:00 of UTC, for peer support without buffers; requests keep no times.
private let hours: JSON.Object = [
    "zone": "UTC",
    "rules": .array(
        Weekday.allCases.map { ["weekday": .string($0.rawValue), "from": "09:00", "to": "12:00"] }),
    "limits": [["type": "pana_support", "buffer_after": 0, "grid": 60]],
    "holding": ["requests": "never"],
]

private func day(_ days: Double) -> String { String(DateTime.format(.hence(days: days)).prefix(10)) }

extension APIBench {
    fileprivate func save(_ change: JSON.Object = [:]) async -> Answer {
        var body = hours
        for (name, value) in change { body[name] = value }
        return await call("PUT", "/availability", .object(body), as: noor)
    }

    fileprivate func slots(
        _ kind: String = "slots", of mentor: String = "noor", type: String = "pana_support", minutes: Int = 60,
        zone: String = "UTC", days: ClosedRange<Double> = 5...6, as account: Account? = nil
    ) async -> Answer {
        let query =
            "type=\(type)&minutes=\(minutes)&zone=\(zone)&from=\(day(days.lowerBound))&to=\(day(days.upperBound))"
        return await call("GET", "/mentors/\(mentor)/\(kind)?\(query)", as: account)
    }
}

/// The clock times of each day in an answer.
private func clocks(_ answer: Answer) throws -> [[String]] {
    (try json(answer.text)["days"]?.array ?? []).map { day in
        (day["starts"]?.array ?? []).compactMap { $0.string.map { String($0.dropFirst(11).prefix(5)) } }
    }
}

struct AvailabilityRoutesTests {
    @Test("What is saved is read back, and a second time nothing is left of the first")
    func saves() async throws {
        try await withFederation { federation in
            let bench = try await APIBench(federation)
            #expect(await bench.call("GET", "/availability", as: bench.noor).status == 404)
            let saved = await bench.save([
                "absences": [["from": "2030-01-01", "to": "2030-01-02", "stand_in": "@omar@b.example"]],
                "blocked": [["start": "2030-01-03T01:00:00+01:00", "end": "2030-01-03T03:00:00Z", "reason": "Exam"]],
                "exceptions": [["date": "2030-02-01", "hours": [["from": "00:00", "to": "24:00"]]]],
                "travels": [["from": "2030-03-01", "to": "2030-03-02", "zone": "Asia/Kathmandu"]],
                "caps": ["a_week": 3],
            ])
            #expect(saved.status == 200, "\(saved.text)")
            let read = await bench.call("GET", "/availability", as: bench.noor)
            #expect(read.body == saved.body)
            let settings = try json(read.text)
            #expect(settings["absences"]?.array?.first?["returns"] == "2030-01-03")
            #expect(settings["absences"]?.array?.first?["stand_in"] == "omar@b.example")
            #expect(settings["blocked"]?.array?.first?["start"] == "2030-01-03T00:00:00Z")
            #expect(settings["limits"]?.array?.first?["notice"] == 720)
            #expect(settings["caps"] == ["a_day": .null, "a_week": 3, "hours_a_month": .null])
            #expect(settings["holding"] == ["requests": "never", "hours": .null])
            #expect(settings["sessions_in_absences"] == [])
            #expect(await bench.call("GET", "/availability", as: bench.mika).status == 404)
            let again = try json(await bench.save().text)
            for list in ["absences", "blocked", "exceptions", "travels"] { #expect(again[list] == []) }
        }
    }

    static let mistakes: [(JSON.Object, [String])] = [
        (["zone": "Mars/Olympus"], ["zone"]), (["rules": .null], ["rules"]),
        (["rules": [["weekday": "monday"]]], ["rules[0].from", "rules[0].to"]),
        (
            [
                "rules": [
                    ["weekday": "monday", "from": "09:00", "to": "10:00"],
                    ["weekday": "monday", "from": "09:30", "to": "11:00"],
                ]
            ], ["rules[1]"]
        ),
        (["rules": [["weekday": "monday", "from": "9", "to": "25:00"]]], ["rules[0].from", "rules[0].to"]),
        (["absences": [["from": "2030-01-02", "to": "2030-01-01"]]], ["absences[0].to"]),
        (["absences": [["from": "2030-01-02", "to": "2030-01-03", "returns": "2030-01-03"]]], ["absences[0].returns"]),
        (["blocked": [["start": "2030-01-02T00:00:00Z", "end": "2030-01-01T00:00:00Z"]]], ["blocked[0].end"]),
        (["blocked": [["start": "2030-01-02", "end": "2030-01-01T00:00:00Z"]]], ["blocked[0].start"]),
        (["exceptions": .array(Array(repeating: ["date": "2030-01-01", "hours": []], count: 10_000))], ["exceptions"]),
        (["exceptions": [["date": "2030-02-30", "hours": []]]], ["exceptions[0].date"]),
        (["travels": [["from": "2030-01-01", "to": "2030-01-02", "zone": "EST5"]]], ["travels[0].zone"]),
        (["limits": [["type": "magic"]]], ["limits[0].type"]),
        (["limits": [["type": "artistic", "grid": 4]]], ["limits[0].grid"]),
        (["limits": [["type": "artistic", "notice": -1]]], ["limits[0].notice"]),
        (["caps": ["a_day": 0]], ["caps.a_day"]),
        (["holding": ["requests": "sometimes"]], ["holding.requests"]),
        (["holding": ["requests": "first", "hours": 169]], ["holding.hours"]),
        (["holding": ["requests": "always", "hours": 1]], ["holding.hours"]), (["holding": [:]], ["holding.requests"]),
        (["caps": ["a_year": 1]], ["caps.a_year"]), (["colour": "red"], ["colour"]),
    ]

    @Test("Every mistake is named and changes nothing")
    func namesMistakes() async throws {
        try await withFederation { federation in
            let bench = try await APIBench(federation)
            let before = await bench.save()
            for (change, fields) in Self.mistakes {
                let answer = await bench.save(change)
                #expect(answer.status == 422, "\(answer.text.prefix(500))")
                #expect(answer.fieldNames == fields, "\(answer.text.prefix(500))")
            }
            #expect(await bench.call("GET", "/availability", as: bench.noor).body == before.body)
        }
    }

    @Test("Sessions that lie in an absence are listed for action until it is over")
    func listsSessions() async throws {
        try await withFederation { federation in
            let bench = try await APIBench(federation)
            let inside = try await bench.ask(start: .hence(days: 5))
            let declined = try await bench.ask(start: .hence(days: 5))
            _ = try await bench.ask(start: .hence(days: 8))
            _ = await bench.respond(declined, ["action": "decline", "reason": "No."])
            let saved = await bench.save(["absences": [["from": .string(day(4)), "to": .string(day(6))]]])
            let listed = try json(saved.text)["sessions_in_absences"]?.array ?? []
            #expect(listed.map { $0["id"]?.string } == [inside])
            #expect(listed.first?["role"] == "mentor")
            _ = await bench.respond(inside, ["action": "decline", "reason": "Away."])
            let read = try json(await bench.call("GET", "/availability", as: bench.noor).text)
            #expect(read["sessions_in_absences"] == [])
        }
    }
}

struct SlotRoutesTests {
    @Test("Free times are listed by the asker's days")
    func lists() async throws {
        try await withFederation { federation in
            let bench = try await APIBench(federation)
            _ = await bench.save(["exceptions": [["date": .string(day(6)), "hours": []]]])
            let answer = await bench.slots()
            #expect(answer.status == 200, "\(answer.text)")
            let found = try json(answer.text)
            #expect(found["any_time"] == false)
            #expect(found["days"]?.array?.map { $0["date"] } == [.string(day(5))])
            #expect(try clocks(answer) == [["09:00", "10:00", "11:00"]])
            // Eleven hours behind, the day over there begins at 11:00.
            let west = await bench.slots(zone: "Pacific/Pago_Pago", days: 4...4)
            #expect(try json(west.text)["days"]?.array?.map { $0["date"] } == [.string(day(4))])
            #expect(try clocks(west) == [["11:00", "09:00", "10:00"]])
            for handle in ["noor@\(federation.community.domain)", "@Noor@\(federation.community.domain)", "NOOR"] {
                #expect(await bench.slots(of: handle).body == answer.body, "\(handle)")
            }
        }
    }

    @Test("A session that is agreed takes its time from the list, and gives it back")
    func follows() async throws {
        try await withFederation { federation in
            let bench = try await APIBench(federation)
            _ = await bench.save()
            let start = try #require(DateTime.parse("\(day(5))T10:00:00Z"))
            let id = try await bench.ask(start: start)
            _ = await bench.respond(id, ["action": "accept"])
            #expect(try clocks(await bench.slots(days: 5...5)) == [["09:00", "11:00"]])
            _ = await bench.call("PATCH", "/sessions/\(id)", ["status": "cancelled", "reason": "Ill."])
            #expect(try clocks(await bench.slots(days: 5...5)) == [["09:00", "10:00", "11:00"]])
        }
    }

    @Test("The mentor is told each rule by name, others only that the mentor is busy or full")
    func explains() async throws {
        try await withFederation { federation in
            let bench = try await APIBench(federation)
            let blocked: JSON = [
                "start": .string("\(day(5))T09:00:00Z"), "end": .string("\(day(5))T09:30:00Z"), "reason": "Dentist",
            ]
            let start = try #require(DateTime.parse("\(day(5))T10:00:00Z"))
            _ = await bench.save()
            _ = await bench.respond(try await bench.ask(start: start), ["action": "accept"])
            _ = await bench.save([
                "blocked": [blocked], "caps": ["a_day": 1],
                "absences": [
                    ["from": .string(day(6)), "to": .string(day(6)), "returns": .string(day(8)), "note": "Skiing"]
                ],
            ])
            let rules = { (answer: Answer) in
                try (json(answer.text)["days"]?.array ?? []).map { day in
                    (day["removed"]?.array ?? []).map {
                        "\($0["rule"]?.string ?? "")\($0["value"]?.int.map { " \($0)" } ?? "") \($0["starts"]?.array?.count ?? 0)"
                    }
                }
            }
            let own = await bench.slots("slots/why", days: 5...6, as: bench.noor)
            #expect(try rules(own) == [["blocked 1", "taken_by_session 1", "most_a_day 1 1"], ["absence 3"]])
            #expect(own.text.contains("Dentist"))
            let others = await bench.slots("slots/why", days: 5...6)
            #expect(try rules(others) == [["busy 2", "full 1"], ["absence 3"]])
            #expect(!others.text.contains("Dentist"))
            #expect(try json(others.text)["days"]?.array?.last?["removed"]?.array?.first?["returns"]?.string == day(8))
            #expect(try json(others.text)["away"]?.array?.map { $0["note"] } == ["Skiing"])
        }
    }

    @Test("Without hours any time can be asked for; who pauses has none, who hides is not there")
    func others() async throws {
        try await withFederation { federation in
            let bench = try await APIBench(federation)
            let open = try json(await bench.slots().text)
            #expect(open["any_time"] == true && open["days"] == [])
            _ = await bench.save()
            var profile: JSON.Object = [
                "zone": "UTC", "published": true, "accepting": false, "offers": [["type": "pana_support"]],
            ]
            _ = await bench.call("POST", "/profile", .object(profile), as: bench.noor)
            let paused = try json(await bench.slots().text)
            #expect(paused["accepting"] == false && paused["any_time"] == false && paused["days"] == [])
            #expect(try clocks(await bench.slots(as: bench.noor)).count == 2)
            profile["published"] = false
            _ = await bench.call("POST", "/profile", .object(profile), as: bench.noor)
            #expect(await bench.slots().status == 404)
            #expect(await bench.slots(as: bench.noor).status == 200)
            for name in ["nobody", "mika", "noor@", "%00", "' or 1=1"] {
                let answer = await bench.slots(
                    of: name.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")
                #expect(answer.status == 404, "\(name)")
            }
            // Whose server is not there cannot be asked.
            #expect(await bench.slots(of: "eli%40b.example").status == 504)
        }
    }

    @Test("A time that is not free is 409 with the nearest that are, when it is asked for and when it is accepted")
    func conflicts() async throws {
        try await withFederation { federation in
            let bench = try await APIBench(federation)
            _ = await bench.save()
            let start = try #require(DateTime.parse("\(day(5))T09:00:00Z"))
            var request = APIBench.request
            request["start"] = .string(DateTime.format(start.addingTimeInterval(60)))
            let crafted = await bench.call("POST", "/sessions", .object(request))
            #expect(crafted.status == 409)
            #expect(try json(crafted.text)["conflict"] == "time_not_free")
            #expect(try json(crafted.text)["rule"] == "off_grid")
            #expect(try json(crafted.text)["nearest"]?.array?.count == 5)
            let (first, second) = (try await bench.ask(start: start), try await bench.ask(start: start))
            _ = await bench.respond(first, ["action": "accept"])
            let late = await bench.respond(second, ["action": "accept"])
            #expect(late.status == 409)
            #expect(try json(late.text)["conflict"] == "slot_taken")
            let nearest = (try json(late.text)["nearest"]?.array ?? []).compactMap(\.string)
            #expect(nearest.count == 5 && !nearest.contains(DateTime.format(start)))
            let moved = await bench.call("PATCH", "/sessions/\(second)", ["start": .string("\(day(5))T20:00:00Z")])
            #expect(moved.status == 409)
            #expect(try json(moved.text)["rule"] == "outside_hours")
            request["start"] = .string(DateTime.format(start))
            let busy = await bench.call("POST", "/sessions", .object(request))
            #expect(try json(busy.text)["rule"] == "busy")
            for time in nearest {
                request["start"] = .string(time)
                #expect(await bench.call("POST", "/sessions", .object(request)).status == 201)
            }
        }
    }

    static let mistakes: [(String, [String])] = [
        ("", ["type", "minutes", "zone"]), ("type=pana_support&minutes=x&zone=UTC", ["minutes"]),
        ("type=pana_support&minutes=31&zone=UTC", ["minutes"]), ("type=magic&minutes=30&zone=UTC", ["type"]),
        ("type=artistic&minutes=30&zone=UTC", ["type"]), ("type=pana_support&minutes=30&zone=Mars", ["zone"]),
        ("type=pana_support&minutes=30&zone=UTC&from=x", ["from"]),
        ("type=pana_support&minutes=30&zone=UTC&from=2030-01-01&to=2030-04-11", ["to"]),
        ("type=pana_support&minutes=30&zone=UTC&from=2030-01-01&to=2029-12-31", ["to"]),
        ("type=pana_support&minutes=30&zone=UTC&from=2030-01-01&to=9999-12-31", ["to"]),
        ("type=pana_support&minutes=99999999999999999999&zone=UTC", ["minutes"]),
    ]

    @Test("A wrong question is named, also one about too many days", arguments: mistakes.indices)
    func namesMistakes(index: Int) async throws {
        try await withFederation { federation in
            let bench = try await APIBench(federation)
            _ = await bench.save()
            for kind in ["slots", "slots/why"] {
                let answer = await bench.call("GET", "/mentors/noor/\(kind)?\(Self.mistakes[index].0)")
                #expect(answer.status == 422)
                #expect(answer.fieldNames == Self.mistakes[index].1, "\(answer.text)")
            }
        }
    }

    @Test("Half a year before and after leaves nothing, and is no error")
    func farAway() async throws {
        try await withFederation { federation in
            let bench = try await APIBench(federation)
            _ = await bench.save()
            for days in [-180.0 ... -81.0, 200.0...299.0] {
                let answer = await bench.slots(days: days)
                #expect(answer.status == 200)
                #expect(try json(answer.text)["days"] == [], "\(answer.text)")
            }
        }
    }
}
