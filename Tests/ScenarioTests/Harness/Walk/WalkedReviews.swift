import JSONTree
import Synchronization

/// What two people do once they have met: they rate each other, and one asks for the next session, which is agreed.
final class WalkedReviews: Sendable {
    private let session: WalkedSession
    private let sides: SessionSides
    private let next = WalkedSession.newTopic()
    private let nextStart = Times.next()
    /// Address and ids of the next session.
    private let known = Mutex<(uri: String, ids: [Party: String])>(("", [:]))

    init(after session: WalkedSession) { (self.session, sides) = (session, session.sides) }

    var rounds: [Round] {
        [
            Round(at: sides.mentee.community) { try await self.rate(as: .mentee) } arrives: {
                try await self.awaits(.mentor, "knows that the mentee has rated") {
                    $0["other_has_rated"]?.bool == true && $0["other"]?.isNull == true && $0["own"]?.isNull == true
                }
            },
            Round(at: sides.mentor.community) { try await self.rate(as: .mentor) } arrives: {
                for party in Party.people {
                    let other = party == .mentee ? "mentor" : "mentee"
                    try await self.awaits(party, "reads what the other gave") {
                        $0["other"]?["words"]?.string == "Words of the \(other)."
                            && $0["own"]?["words"]?.string == "Words of the \(party)."
                            && $0["everybody_reads"]?.bool == true
                    }
                }
            },
            Round(at: sides.mentee.community) { try await self.askForTheNext() } arrives: {
                try await self.bothSeeTheNext("pending")
            },
            Round(at: sides.mentor.community) {
                let id = self.known.withLock { $0.ids[.mentor] ?? "" }
                try await self.sides.mentor.community.post(
                    "/sessions/\(id)/respond", as: self.sides.mentor.person, ["action": "accept"])
            } arrives: { try await self.bothSeeTheNext("scheduled") },
        ]
    }

    private func rate(as party: Party) async throws {
        let names =
            party == .mentee
            ? ["session_quality", "helpfulness", "communication", "knowledge_sharing", "availability"]
            : ["engagement", "effort", "communication", "commitment", "responsiveness"]
        try await sides[party].community.post(
            "/sessions/\(session.id(of: party))/reviews", as: sides[party].person,
            [
                "scores": .object(JSON.Object(names.map { ($0, .int(party == .mentee ? 5 : 4)) })),
                "words": .string("Words of the \(party)."), "public": true,
            ])
    }

    private func awaits(_ party: Party, _ what: String, _ holds: (JSON) -> Bool) async throws {
        let (side, path) = (sides[party], "/sessions/\(session.id(of: party))/reviews")
        let seen = Mutex("")
        try await eventually("\(party) \(what)", lastSeen: { seen.withLock(\.self) + sides.logs }) {
            let reviews = try await side.community.get(path, as: side.person)
            seen.withLock { $0 = reviews.serializedText() }
            return holds(reviews) ? () : nil
        }
    }

    private func askForTheNext() async throws {
        let side = sides.mentee
        let asked =
            if let made = try await side.newest(next) { made } else {
                try await side.community.post("/sessions/\(session.id(of: .mentee))/follow-up", as: side.person,
                    ["start": .string(nextStart), "topic": .string(next)])
            }
        known.withLock { $0.uri = asked["uri"]?.string ?? "" }
    }

    /// Waits until both sides show the next session in a status, and as the one that follows.
    private func bothSeeTheNext(_ status: String) async throws {
        for party in Party.people {
            let (side, uri) = (sides[party], known.withLock(\.uri))
            let id = try await eventually("\(party) sees the next \(status)", lastSeen: { sides.logs }) {
                let view = try await side.sessions([uri])[uri]
                return view?["status"]?.string == status ? view?["id"]?.string : nil
            }
            known.withLock { $0.ids[party] = id }
            let view = try await side.community.get("/sessions/\(id)", as: side.person)
            guard view["follows"]?.string == session.id(of: party) else {
                throw NeverCame(what: "\(party): it follows", patience: .zero, last: view.serializedText())
            }
        }
    }
}
