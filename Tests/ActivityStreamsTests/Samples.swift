import ActivityStreams
import Foundation
import JSONTree
import Testing
import Wire

/// Values that several tests begin with.
enum Samples {
    static func uri(_ text: String) throws -> URI { try #require(URI(text), "\(text)") }

    static func date(_ text: String) throws -> Date { try #require(DateTime.parse(text), "\(text)") }

    /// A context that names the mentoring namespace as we do.
    static let terms = MentoringTerms(contextOf: ["@context": Vocabulary.sessionContext])

    /// A session with every property.
    static func session() throws -> SessionDocument {
        var session = SessionDocument(
            id: try uri("https://a.example/sessions/0b0c2b7a-6b51-4b0a-8f5e-2f6f0a9d4c11"),
            owner: try uri("https://a.example/users/mika"), mentor: try uri("https://b.example/users/noor"),
            name: "Mentoring session", summary: "Tue 8 Sep 2026, 18:00-18:45 (Europe/Berlin), online",
            topic: "Portfolio & \"first\" <job>",
            message: "I would like feedback on <b>my</b> portfolio & CV.\nIt is short.\n\nThanks!",
            start: try date("2026-09-08T16:00:00Z"), end: try date("2026-09-08T16:45:00Z"), zone: "Europe/Berlin",
            place: PlaceDocument(
                medium: "online", detail: "Video call, room 5", link: try uri("https://meet.example/1?a=b&c=d")),
            published: try date("2026-09-01T09:00:00.123Z"), updated: try date("2026-09-02T09:00:00Z"), revision: 3,
            state: "confirmed", expiresAt: try date("2026-09-05T09:00:00Z"), kind: "knowledge_transfer",
            kindLabel: "Knowledge transfer", isAlwaysFree: false,
            rate: RateDocument(amount: "20.50", currency: "EUR", per: "hour"),
            outcome: OutcomeDocument(menteeAttended: true, mentorAttended: false, minutes: 45))
        session.heldUntil = try date("2026-09-02T09:00:00.123Z")
        return session
    }

    /// An actor with every property.
    static func actor() throws -> ActorDocument {
        let id = try uri("https://b.example/users/noor")
        return ActorDocument(
            id: id, kind: .person, username: "noor", webfinger: "noor@b.example", name: "Noor Haddad",
            summary: "<p>Mentor for <b>data</b> careers.</p>", url: try uri("https://b.example/@noor"),
            inbox: try uri("https://b.example/users/noor/inbox"), sharedInbox: try uri("https://b.example/inbox"),
            outbox: try uri("https://b.example/users/noor/outbox"),
            followers: try uri("https://b.example/users/noor/followers"),
            following: try uri("https://b.example/users/noor/following"), published: try date("2026-01-05T00:00:00Z"),
            keys: [
                KeyDocument(
                    id: try uri("https://b.example/users/noor#main-key"), owner: id,
                    material: .pem("-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n")),
                KeyDocument(
                    id: try uri("https://b.example/users/noor#ed25519-key"), owner: id,
                    material: .multibase("z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2")),
            ],
            capabilities: [Vocabulary.mentoringCapability], mentor: mentor)
    }

    /// A mentor profile with every property.
    static let mentor = {
        var mentor = MentorDocument(
            isOpen: true, expertise: ["sql", "data careers"], languages: ["de", "tr"], zone: "Europe/Berlin",
            acceptsRequestsFrom: "known",
            offers: [
                .init(kind: "pana_support", kindLabel: "Support", isAlwaysFree: true, rate: nil),
                .init(
                    kind: "artistic", kindLabel: "Artistic", isAlwaysFree: false,
                    rate: RateDocument(amount: "20.00", currency: "EUR", per: "session")),
            ])
        mentor.goals = ["a first job"]
        mentor.returnsOn = "2027-03-01"
        mentor.styles = ["async", "casual"]
        mentor.hoursPerMonth = 6
        mentor.mostMentees = 3
        mentor.video = URI("https://video.example/noor")
        mentor.holdsRequests = "PT24H"
        mentor.questions = [.init(text: "Why me?", isRequired: true, leastLength: 40)]
        return mentor
    }()
}

extension JSON {
    /// This object with one member replaced, or removed where the value is nil.
    func with(_ key: String, _ value: JSON?) -> JSON {
        var object = object ?? JSON.Object()
        object[key] = value
        return .object(object)
    }
}

/// Values of every type that JSON has, with numbers and sizes that nobody expects.
let oddValues: [JSON] =
    [
        .null, true, false, 0, -1, 5, .int(.max), .int(.min), "", "x", "\u{0}", "https://e.example/users/eve", [], [[]],
        [.null], [1, "x", true], [[["x"]]], [:], ["id": 5], ["id": "https://e.example/x"], ["href": "https://e.example/"],
        ["type": ["Event"]], ["@id": "x"], ["@value": "x", "@language": "de"], ["type": .null, "name": [:], "url": [[]]],
        .string(String(repeating: "x", count: 20_000)), .string(String(repeating: "e\u{301}", count: 5_000)),
        .array(Array(repeating: "https://e.example/x", count: 500)), .array(Array(repeating: [:], count: 500)),
        .object(JSON.Object((0..<500).map { ("k\($0)", 1) })),
    ] + ["1e400", "-1e400", "1.5", "1e2", "-0", "1" + String(repeating: "0", count: 1_000), "0.1e-999"].compactMap {
        JSON.Number(literal: $0).map(JSON.number)
    }
