import JSONTree
import Synchronization

/// A series of six dates that is asked for, agreed but for one date, moved in part, and ended in two acts.
final class WalkedSeries: Sendable {
    private let sides: SessionSides
    private let topic = WalkedSession.newTopic()
    private let (start, moved) = (Times.next(), Times.next())
    /// The ids of its dates in their order, and its own, on each side.
    private let known = Mutex<(dates: [Party: [String]], ids: [Party: String])>(([:], [:]))

    init(between sides: SessionSides) { self.sides = sides }

    var rounds: [Round] {
        let (mentee, mentor) = (sides.mentee, sides.mentor)
        return [
            Round(at: mentee.community) { try await self.ask() } arrives: {
                try await self.find()
                try await self.bothSee(Array(repeating: "pending", count: 6))
            },
            Round(at: mentor.community) {
                try await self.respond(["action": "accept", "except": [2]])
            } arrives: {
                try await self.bothSee(["scheduled", "declined"] + Array(repeating: "scheduled", count: 4))
            },
            Round(at: mentee.community) {
                try await mentee.community.patch(
                    "/sessions/\(self.date(3, of: .mentee))", as: mentee.person, ["start": .string(self.moved)])
            } arrives: {
                try await self.bothSee(["scheduled", "declined", "pending"] + Array(repeating: "scheduled", count: 3))
            },
            Round(at: mentor.community) {
                try await mentor.community.post(
                    "/sessions/\(self.date(3, of: .mentor))/respond", as: mentor.person, ["action": "accept"])
            } arrives: {
                try await self.bothSee(["scheduled", "declined"] + Array(repeating: "scheduled", count: 4))
            },
            Round(at: mentor.community) {
                try await self.cancel(from: 4, as: .mentor)
            } arrives: {
                try await self.bothSee(
                    ["scheduled", "declined", "scheduled"] + Array(repeating: "cancelled", count: 3))
            },
            Round(at: mentee.community) {
                try await self.cancel(from: 1, as: .mentee)
            } arrives: {
                try await self.bothSee(["cancelled", "declined"] + Array(repeating: "cancelled", count: 4))
            },
        ]
    }

    /// What each of the two was told of the series, whatever the date, in the order of the alphabet.
    func notifications() async throws -> (mentee: [String], mentor: [String]) {
        let dates = known.withLock(\.dates)
        func told(_ party: Party) async throws -> [String] {
            let all = try await sides[party].notifications()
            return (dates[party] ?? []).flatMap { all[$0] ?? [] }.sorted()
        }
        return (try await told(.mentee), try await told(.mentor))
    }

    private func ask() async throws {
        guard try await sides.mentee.newest(topic) == nil else { return }
        try await sides.mentee.community.post("/series", as: sides.mentee.person,
            [
                "mentor": .string(sides.mentor.person.handle), "type": "pana_support", "topic": .string(topic),
                "start": .string(start), "minutes": 15, "zone": "Europe/Berlin",
                "repeat": ["frequency": "weekly", "count": 6],
            ])
    }

    private func respond(_ body: JSON) async throws {
        try await sides.mentor.community.post("/series/\(id(of: .mentor))/respond", as: sides.mentor.person, body)
    }

    private func cancel(from position: Int, as party: Party) async throws {
        try await sides[party].community.patch("/series/\(id(of: party))", as: sides[party].person,
            ["status": "cancelled", "reason": "I have found work.", "from": .int(position)])
    }

    private func id(of party: Party) -> String { known.withLock { $0.ids[party] ?? "" } }

    private func date(_ position: Int, of party: Party) -> String {
        known.withLock { $0.dates[party]?[position - 1] ?? "" }
    }

    /// Waits until both sides have all dates, and notes their ids.
    private func find() async throws {
        for party in Party.people {
            let side = sides[party]
            let series = try await eventually("\(party) has six dates", lastSeen: { sides.logs }) { () -> JSON? in
                guard let id = try await side.newest(topic)?["series"]?["id"]?.string else { return nil }
                let series = try await side.community.get("/series/\(id)", as: side.person)
                return series["dates"].list.count == 6 ? series : nil
            }
            known.withLock { known in
                known.ids[party] = series["id"]?.string
                known.dates[party] = series["dates"].list.compactMap { $0["id"]?.string }
            }
        }
    }

    /// Waits until both sides show these states of the dates, and all else alike.
    private func bothSee(_ statuses: [String]) async throws {
        let seen = Mutex("")
        try await eventually("both sides show \(statuses)", lastSeen: { seen.withLock(\.self) + sides.logs }) {
            var views: [[JSON]] = []
            for party in Party.people {
                let series = try await sides[party].community.get("/series/\(id(of: party))", as: sides[party].person)
                views.append(series["dates"].list.map(\.told))
            }
            seen.withLock { $0 = "\(views)" }
            return views[0] == views[1] && views[0].map { $0["status"]?.string } == statuses ? () : nil
        }
    }
}
