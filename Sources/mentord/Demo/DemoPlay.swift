import Foundation
import JSONTree
import Outbound
import Social
import Wire

/// The four stories of the demonstration, each played over the HTTP API of both communities and checked on both sides.
struct DemoPlay {
    let ateneo: DemoCommunity
    let barrio: DemoCommunity
    let client: GuardedClient
    let transcript: Transcript
    private static let patience: Duration = .seconds(20)

    private var mika: FirstPeople.Guest { ateneo.guests[0] }
    private var noor: FirstPeople.Guest { barrio.guests[0] }

    func run() async throws {
        print("\n1. Mika of Ateneo asks Noor of Barrio for a session; Noor accepts.")
        let first = try await ask("My portfolio", day: 1)
        try await answer(first, ["action": "accept", "note": "Happy to help."])
        try await bothAgree(first, "scheduled")

        print("\n2. Mika asks again; Noor declines and says why.")
        let second = try await ask("A job interview", day: 2)
        try await answer(second, ["action": "decline", "reason": "I am away that week."])
        try await bothAgree(second, "declined")

        print("\n3. Mika asks, Noor accepts, and has to cancel.")
        let third = try await ask("Reading query plans", day: 3)
        try await answer(third, ["action": "accept"])
        try await bothAgree(third, "scheduled")
        let mirror = try await mirrorID(of: third)
        _ = try await barrio.call(
            .patch, "/sessions/\(mirror)", as: noor,
            ["status": "cancelled", "reason": "I have fallen ill, sorry."], over: client)
        try await bothAgree(third, "cancelled")

        print("\n4. Mika asks and takes it back before Noor answers.")
        let fourth = try await ask("Choosing a course", day: 4)
        _ = try await mirrorID(of: fourth)
        _ = try await ateneo.call(
            .patch, "/sessions/\(fourth.id)", as: mika,
            ["status": "cancelled", "reason": "I found what I was looking for."], over: client)
        try await bothAgree(fourth, "cancelled")
    }

    private struct Asked {
        let id: String
        let uri: String
    }

    private func ask(_ topic: String, day: Int) async throws -> Asked {
        let start = Date(timeIntervalSinceNow: Double(day + 6) * 86_400)
        let session = try await ateneo.call(
            .post, "/sessions", as: mika,
            [
                "mentor": .string(noor.account.actor.handle.description), "type": "pana_support",
                "topic": .string(topic), "message": "I would be glad of half an hour.",
                "start": .string(DateTime.format(DateTime.cutToMilliseconds(start))), "minutes": 30,
                "zone": "Europe/Berlin",
            ], over: client)
        return Asked(id: session["id"]?.string ?? "", uri: session["uri"]?.string ?? "")
    }

    private func answer(_ asked: Asked, _ body: JSON) async throws {
        _ = try await barrio.call(
            .post, "/sessions/\(try await mirrorID(of: asked))/respond", as: noor, body, over: client)
    }

    /// Barrio's own id of a session, as soon as the request has arrived there.
    private func mirrorID(of asked: Asked) async throws -> String {
        let deadline = ContinuousClock.now + Self.patience
        while ContinuousClock.now < deadline {
            let list = try await barrio.call(.get, "/sessions?limit=40", as: noor, over: client)
            let found = list["sessions"].list.first { $0["uri"]?.string == asked.uri }
            if let id = found?["id"]?.string { return id }
            try await Task.sleep(for: .milliseconds(30))
        }
        throw DemoFailure.disagreement("Barrio never heard of \(asked.uri).")
    }

    /// Waits until both communities tell the same of a session, and prints it.
    private func bothAgree(_ asked: Asked, _ expected: String) async throws {
        let deadline = ContinuousClock.now + Self.patience
        var states = ("", "")
        let mirror = try await mirrorID(of: asked)
        while ContinuousClock.now < deadline {
            let here = try await ateneo.call(.get, "/sessions/\(asked.id)", as: mika, over: client)
            let there = try await barrio.call(.get, "/sessions/\(mirror)", as: noor, over: client)
            states = (here["status"]?.string ?? "", there["status"]?.string ?? "")
            if states == (expected, expected) {
                await transcript.settle()
                print("   Ateneo says \(states.0)\(Self.detail(here)); Barrio says \(states.1)\(Self.detail(there))")
                return
            }
            try await Task.sleep(for: .milliseconds(30))
        }
        throw DemoFailure.disagreement(
            "They disagree: Ateneo says \(states.0), Barrio says \(states.1), expected \(expected).")
    }

    private static func detail(_ session: JSON) -> String {
        if let reason = session["ended"]?["reason"]?.string { return " (\"\(reason)\")" }
        if let link = session["place"]?["link"]?.string { return " at \(link)" }
        return ""
    }
}
