import JSONTree
import Testing

/// Series between two communities.
extension Undisturbed {
    @Suite struct SeriesTests {
        @Test("a series is asked for, agreed and ended on both sides alike, and each side is told once")
        func wholeLife() async throws {
            let pair = try Pair.current
            let asked = try await pair.ateneo.post("/series", as: pair.mika,
                [
                    "mentor": .string(pair.noor.handle), "type": "pana_support", "topic": "Reading code",
                    "start": .string(Times.next()), "minutes": 15, "zone": "Europe/Berlin",
                    "repeat": ["frequency": "weekly", "count": 6],
                ])
            let id = asked["id"]?.string ?? ""
            var dates: [String] = []
            for date in asked["dates"].list {
                dates.append(try await pair.barrio.arrived(date["uri"]?.string ?? "", for: pair.noor))
            }
            let first = try await pair.barrio.get("/sessions/\(dates[0])", as: pair.noor)
            let mirror = first["series"]?["id"]?.string ?? ""
            #expect(try await Self.told(pair.barrio, pair.noor, dates) == ["requested"])

            try await pair.barrio.post("/series/\(mirror)/respond", as: pair.noor, ["action": "accept", "except": [2]])

            let agreed = ["scheduled", "declined"] + Array(repeating: "scheduled", count: 4)
            try await Self.both(pair, id, mirror, agreed)
            let own = asked["dates"].list.compactMap { $0["id"]?.string }
            #expect(try await Self.told(pair.ateneo, pair.mika, own).sorted() == ["accepted", "declined"])

            try await pair.ateneo.patch(
                "/series/\(id)", as: pair.mika,
                ["status": "cancelled", "reason": "I have found work.", "from": 4])

            try await Self.both(
                pair, id, mirror, ["scheduled", "declined", "scheduled", "cancelled", "cancelled", "cancelled"])
            #expect(try await Self.told(pair.barrio, pair.noor, dates) == ["requested", "cancelled"])
        }

        private static func both(_ pair: Pair, _ id: String, _ mirror: String, _ statuses: [String]) async throws {
            _ = try await eventually("both sides are \(statuses)", lastSeen: { pair.logs }) {
                let sides = [
                    try await pair.ateneo.get("/series/\(id)", as: pair.mika),
                    try await pair.barrio.get("/series/\(mirror)", as: pair.noor),
                ]
                return sides.allSatisfy { $0["dates"].list.map { $0["status"]?.string } == statuses } ? () : nil
            }
        }

        private static func told(_ community: Community, _ person: Person, _ dates: [String]) async throws -> [String] {
            var told: [String] = []
            for date in dates { told += try await community.notifications(of: date, to: person) }
            return told
        }
    }
}
