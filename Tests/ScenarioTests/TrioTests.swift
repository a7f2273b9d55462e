import JSONTree
import PostgreSQL
import Synchronization
import Testing

/// People of three communities want the time of one mentor, whose server dies again and again.
@Suite struct TrioTests {
    @Test("of two who ask for one time one gets it; who is declined meets whom the mentor suggests")
    func oneMentorForTwoCommunities() async throws {
        try await Trio.with { trio in
            let story = TrioStory(trio)
            try await Death.walk(story.rounds, of: trio.communities, deaths: [.after(1), .together])

            try await story.expectOwnSessionsAlone()
        }
    }
}

/// Mika gets a time of Noor's for which Celia asks in vain; declined for another, Mika meets Cora instead.
private final class TrioStory: Sendable {
    private let trio: Trio
    private let (time, another, third) = (Times.next(), Times.next(), Times.next())
    /// Addresses of the sessions by their topics.
    private let addresses = Mutex<[String: String]>([:])

    init(_ trio: Trio) { self.trio = trio }

    private var mika: Side { Side(community: trio.ateneo, person: trio.mika) }
    private var noor: Side { Side(community: trio.barrio, person: trio.noor) }
    private var celia: Side { Side(community: trio.cedro, person: trio.celia) }
    private var cora: Side { Side(community: trio.cedro, person: trio.cora) }

    var rounds: [Round] {
        [
            round(mika, "First", "pending", with: noor) {
                try await self.ask(self.mika, self.trio.noor.handle, "First", self.time)
            },
            round(noor, "First", "scheduled", with: mika) {
                try await self.respond(self.noor, "First", ["action": "accept"])
            },
            round(celia, "In vain", "declined", "taken", with: noor) {
                try await self.ask(self.celia, self.trio.noor.handle, "In vain", self.time)
            },
            round(mika, "Second", "pending", with: noor) {
                try await self.ask(self.mika, self.trio.noor.handle, "Second", self.another)
            },
            round(noor, "Second", "declined", "unspecified", with: mika) {
                try await self.respond(
                    self.noor, "Second",
                    [
                        "action": "decline", "reason": "Cora knows more of it.",
                        "suggest": [.string(self.trio.cora.handle)],
                    ])
            },
            round(mika, "Instead", "pending", with: cora) {
                let declined = try await self.view(self.mika, "Second")
                let suggested = declined["ended"]?["suggested"].list.compactMap(\.string) ?? []
                #expect(suggested == [self.trio.cora.uri])
                try await self.ask(self.mika, suggested.first ?? "", "Instead", self.third)
            },
            round(cora, "Instead", "scheduled", with: mika) {
                try await self.respond(self.cora, "Instead", ["action": "accept"])
            },
            round(mika, "Instead", "completed", with: cora) {
                try await self.meet("Instead")
            },
        ]
    }

    /// Expects that each person sees their own sessions, and each community keeps those of its people alone.
    func expectOwnSessionsAlone() async throws {
        let seen: [(Side, [String])] = [
            (mika, ["First", "Instead", "Second"]), (noor, ["First", "In vain", "Second"]), (celia, ["In vain"]),
            (cora, ["Instead"]),
        ]
        for (side, topics) in seen {
            let sessions = try await side.community.sessions(of: side.person)
            #expect(sessions.compactMap { $0["topic"]?.string }.sorted() == topics, "\(side.person.name)")
        }
        let kept: [(Community, [String])] = [
            (trio.ateneo, seen[0].1), (trio.barrio, seen[1].1), (trio.cedro, ["In vain", "Instead"]),
        ]
        for (community, topics) in kept {
            let sessions = try await community.withDatabase { database in
                try await database.rows("select topic from sessions").map { try $0.get("topic", as: String.self) }
            }
            #expect(sessions.sorted() == topics, "\(community.name)")
        }
    }

    /// A step of somebody, after which they and the other see a session in the same state.
    private func round(
        _ side: Side, _ topic: String, _ status: String, _ reason: String? = nil, with other: Side,
        _ step: @escaping @Sendable () async throws -> Void
    ) -> Round {
        Round(at: side.community, step) {
            let seen = Mutex("")
            let lastSeen = { seen.withLock(\.self) + self.trio.communities.logs }
            try await eventually("both see \(topic) \(status)", lastSeen: lastSeen) { () -> Void? in
                guard let uri = self.addresses.withLock({ $0[topic] }) else { return nil }
                let views = [try await side.sessions([uri])[uri], try await other.sessions([uri])[uri]]
                seen.withLock { $0 = "\(views)" }
                let isTold = views.allSatisfy {
                    $0?["status"]?.string == status && $0?["ended"]?["code"]?.string == reason
                }
                let agree = ["start", "revision", "waiting_on", "place"].allSatisfy { views[0]?[$0] == views[1]?[$0] }
                return isTold && agree ? () : nil
            }
        }
    }

    private func ask(_ side: Side, _ mentor: String, _ topic: String, _ start: String) async throws {
        let asked =
            if let made = try await side.newest(topic) { made } else {
                try await side.community.post("/sessions", as: side.person,
                    [
                        "mentor": .string(mentor), "type": "pana_support", "topic": .string(topic),
                        "start": .string(start), "minutes": 30, "zone": "Europe/Berlin",
                    ])
            }
        addresses.withLock { $0[topic] = asked["uri"]?.string }
    }

    private func respond(_ side: Side, _ topic: String, _ answer: JSON) async throws {
        try await side.community.post("/sessions/\(try await id(side, topic))/respond", as: side.person, answer)
    }

    /// The hour comes, and Mika tells that both were there.
    private func meet(_ topic: String) async throws {
        let uri = addresses.withLock { $0[topic] ?? "" }
        for community in [trio.ateneo, trio.cedro] {
            try await community.withDatabase { database in
                _ = try await database.execute(
                    "update sessions set starts_at = date_trunc('hour', now()) - interval '1 hour' where uri = \(uri)")
            }
        }
        try await mika.community.post(
            "/sessions/\(try await id(mika, topic))/outcome", as: mika.person,
            ["mentee_came": true, "mentor_came": true])
    }

    private func view(_ side: Side, _ topic: String) async throws -> JSON {
        try await side.community.get("/sessions/\(try await id(side, topic))", as: side.person)
    }

    private func id(_ side: Side, _ topic: String) async throws -> String {
        try await side.newest(topic)?["id"]?.string ?? ""
    }
}
