import ActivityStreams
import Foundation
import JSONTree
import Testing
import Wire

@Suite struct SessionDocumentTests {
    private func read(_ text: String) throws -> SessionDocument? {
        let event = try JSON.parse(text)
        return SessionDocument(event, terms: MentoringTerms(contextOf: event))
    }

    @Test func survivesTheWire() throws {
        let session = try Samples.session()
        let event = try JSON.parse(session.json.serialized())
        #expect(SessionDocument(event, terms: Samples.terms) == session)
    }

    @Test("survives the wire in every state and medium", arguments: [
        "requested", "confirmed", "declined", "cancelled", "completed", "noShow", "expired", "unknown",
    ])
    func survivesInEveryState(state: String) throws {
        var session = try Samples.session()
        session.state = state
        session.mentor = nil
        session.summary = nil
        session.topic = nil
        session.message = ""
        session.zone = nil
        session.published = nil
        session.updated = nil
        session.expiresAt = nil
        session.rate = nil
        session.isAlwaysFree = true
        session.outcome = nil
        for medium in ["online", "phone", "inPerson"] {
            session.place = PlaceDocument(medium: medium, detail: nil, link: nil)
            #expect(SessionDocument(session.json, terms: Samples.terms) == session)
        }
    }

    @Test func writesWhatCalendarsNeed() throws {
        var session = try Samples.session()
        #expect(session.json["duration"]?.string == "PT45M" && session.json["status"]?.string == "CONFIRMED")
        #expect(session.json["content"]?.string?.hasPrefix("<p>I would like feedback on &lt;b&gt;my&lt;/b&gt;") == true)
        #expect(session.json["to"] == ["https://b.example/users/noor"] && session.json["cc"] == [])
        session.state = "expired"
        session.end = .distantFuture
        session.mentor = nil
        #expect(session.json["status"]?.string == "CANCELLED" && session.json["to"] == [])
        session.state = "requested"
        session.start = Date(timeIntervalSince1970: -.infinity)
        #expect(session.json["status"]?.string == "TENTATIVE" && session.json["duration"] == nil)
    }

    /// Federation profile 6.3.
    @Test func readsTheProfilesExample() throws {
        let activity = try ReceivedActivity(JSON.parse(ProfileExamples.invite))
        #expect(activity.type == "Invite" && activity.objectType == "Event" && activity.revision == 0)
        #expect(activity.document.uri("target")?.string == "https://b.example/users/noor")
        #expect(activity.document.addressees == ["https://b.example/users/noor"])
        let session = try #require(SessionDocument(activity.object, terms: activity.terms))
        let base = "https://a.example/sessions/0b0c2b7a-6b51-4b0a-8f5e-2f6f0a9d4c11"
        #expect(
            session
                == SessionDocument(
                    id: try Samples.uri(base), owner: activity.actor,
                    mentor: try Samples.uri("https://b.example/users/noor"), name: "Mentoring session",
                    summary: "Tue 8 Sep 2026, 18:00-18:45 (Europe/Berlin), online", topic: nil,
                    message: """
                        Tue 8 Sep 2026, 18:00-18:45 (Europe/Berlin), online.

                        I would like feedback on my portfolio.
                        """,
                    start: try Samples.date("2026-09-08T16:00:00Z"), end: try Samples.date("2026-09-08T16:45:00Z"),
                    zone: "Europe/Berlin",
                    place: PlaceDocument(medium: "online", detail: "Video call", link: try Samples.uri(base + "/room")),
                    published: try Samples.date("2026-09-01T09:00:00Z"), updated: nil, revision: 0, state: "requested",
                    expiresAt: try Samples.date("2026-09-05T09:00:00Z"), kind: "session", kindLabel: "session",
                    isAlwaysFree: false, rate: nil, outcome: nil))
    }

    @Test func readsMobilizon() throws {
        let event = try #require(try read(PeerEvents.mobilizon))
        #expect(event.owner.string == "https://mz.example/@circle" && event.mentor == nil && event.name == "CV evening")
        #expect(event.message == "Bring your CV.")
        #expect(try event.start == Samples.date("2026-09-08T16:00:00Z"))
        #expect(event.place == PlaceDocument(medium: "inPerson", detail: "Library", link: nil))
        #expect(event.revision == nil && event.kind == "session" && event.rate == nil && event.zone == "Europe/Paris")
        let personal = try JSON.parse(PeerEvents.mobilizon).with("attributedTo", nil)
        #expect(SessionDocument(personal, terms: Samples.terms)?.owner.string == "https://mz.example/@ana")
    }

    @Test func readsFriendica() throws {
        let event = try #require(try read(PeerEvents.friendica))
        #expect(event.message == "Bring shoes\nand water" && event.place.detail == "By the lake")
        #expect(event.mentor?.string == "https://f.example/profile/ben" && event.zone == nil)
    }

    @Test("a plain event with an open end lasts an hour; a session's end is said") func openEnd() throws {
        let open = try #require(try read(PeerEvents.gancio))
        #expect(open.end.timeIntervalSince(open.start) == 3600)
        for end in [.null, 5, "x"] as [JSON] {
            let event = try JSON.parse(PeerEvents.gancio).with("endTime", end)
            #expect(SessionDocument(event, terms: Samples.terms) == nil)
        }
        let ended = try JSON.parse(PeerEvents.gancio).with("endTime", "2026-09-08T17:00:00.000Z")
        let event = try #require(SessionDocument(ended, terms: Samples.terms))
        #expect(event.message.isEmpty && event.mentor == nil && event.place.detail == "Square")
    }

    @Test("an Event, its id, its owner and its times must be there", arguments: [
        "id", "type", "attributedTo", "startTime", "endTime",
    ])
    func refusesWithout(key: String) throws {
        let event = try Samples.session().json.with("actor", nil)
        for value in [nil, .null, 5, "", "x", []] as [JSON?] {
            #expect(SessionDocument(event.with(key, value), terms: Samples.terms) == nil)
        }
    }

    @Test("terms that are neither free nor a price are told from having none", arguments: [
        (nil, true), (RateDocument.free, true), (["mnt:kind": "paid"], false), ([:], false), ("free", false),
        (["mnt:kind": "paid", "mnt:amount": "20", "mnt:currency": .null], false),
        (["mnt:kind": "paid", "mnt:amount": ["20"], "mnt:currency": "EUR"], false),
        (["mnt:kind": "barter", "mnt:amount": "20", "mnt:currency": "EUR"], false),
        (["mnt:kind": "paid", "mnt:amount": "20", "mnt:currency": "EUR"], true),
    ] as [(JSON?, Bool)])
    func unreadableTerms(terms: JSON?, areReadable: Bool) throws {
        let event = try Samples.session().json.with("mnt:terms", terms)
        #expect(try #require(SessionDocument(event, terms: Samples.terms)).areTermsReadable == areReadable)
    }

    /// B18. The `actor` beside it is no way out.
    @Test("exactly one owner", arguments: [
        ["https://e.example/users/eve", "https://a.example/users/mika"], ["https://a.example/users/mika", .null], 5, "x",
        ["href": "https://a.example/users/mika"],
    ] as [JSON])
    func severalOwners(owner: JSON) throws {
        #expect(SessionDocument(try Samples.session().json.with("attributedTo", owner), terms: Samples.terms) == nil)
    }

    @Test func longTextsAreCut() throws {
        let long = JSON.string(String(repeating: "e\u{301} ", count: 6_000))
        let event = try Samples.session().json.with("name", long).with("summary", long).with("content", long)
            .with("mnt:topic", long).with("mnt:sessionKindLabel", long).with("mnt:sessionKind", long)
        let session = try #require(SessionDocument(event, terms: Samples.terms))
        #expect(session.name.unicodeScalars.count <= 200 && session.summary?.unicodeScalars.count ?? 0 <= 500)
        #expect(session.topic?.unicodeScalars.count == 200 && session.kindLabel.unicodeScalars.count == 100)
        #expect(session.message.unicodeScalars.count <= 5_000 && session.kind == "session")
    }

    @Test func topicsAreOneLineWithoutTricks() throws {
        let event = try Samples.session().json.with("mnt:topic", " A\r\nB\u{202E}C\u{0} <b> ")
        #expect(SessionDocument(event, terms: Samples.terms)?.topic == "A BC <b>")
    }

    @Test("what stands in for a label is one line without tricks, too", arguments: [
        ("code\u{C}\u{202E}review\n", "code review"), ("\u{200B}", "session"), (" ", "session"),
    ])
    func labels(kind: String, label: String) throws {
        let event = try Samples.session().json.with("mnt:sessionKind", .string(kind)).with("mnt:sessionKindLabel", nil)
        #expect(SessionDocument(event, terms: Samples.terms)?.kindLabel == label)
    }

    /// What a cut leaves at the end of it is cleaned away.
    @Test func topicsEndWhereTheirTextDoes() throws {
        let topic = JSON.string(String(repeating: "x", count: 199) + " y")
        let event = try Samples.session().json.with("mnt:topic", topic).with("name", "Mentoring<br>session")
        let session = try #require(SessionDocument(event, terms: Samples.terms))
        #expect(session.topic == String(repeating: "x", count: 199))
        #expect(session.name == "Mentoring session")
    }

    @Test func oddValuesInAnyPropertyGiveASessionOrNone() throws {
        let event = try Samples.session().json
        for (key, _) in try #require(event.object) {
            for value in oddValues {
                guard let session = SessionDocument(event.with(key, value), terms: Samples.terms) else { continue }
                #expect(session.state.utf8.count <= 100 && session.kind.utf8.count <= 100)
                _ = session.json
            }
        }
    }

    @Test("terms are read under every spelling of the namespace", arguments: ["mnt:", "m:", Vocabulary.mentoring])
    func spellings(prefix: String) throws {
        let session = try Samples.session()
        let text = session.json.serializedText().replacing("\"mnt:", with: "\"\(prefix)")
        let context: JSON = [.string(Vocabulary.activityStreams), ["m": .string(Vocabulary.mentoring)]]
        let terms = MentoringTerms(contextOf: ["@context": context])
        #expect(SessionDocument(try JSON.parse(text), terms: terms) == session)
    }
}
