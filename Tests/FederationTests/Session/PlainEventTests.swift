import ActivityStreams
import Foundation
import JSONTree
import Mentoring
import Social
import TestSupport
import Testing
import Wire

@testable import Federation

/// Tomas of f.example, whose server knows events and no sessions, has invited Noor of b.example.
struct PlainEventTests {
    private static let event =
        #"{"actor":"https://f.example/users/tomas","id":"https://a.example/sessions/1","type":"Event"}"#

    private func activities(agreed: Bool = false) throws -> SessionActivities {
        SessionActivities(
            session: try SessionActivitiesTests.session(.mirror, agreed: agreed),
            mentee: try SessionActivitiesTests.actor("tomas", "f.example", isLocal: false, speaksMentoring: false),
            mentor: try SessionActivitiesTests.actor("noor", "b.example", isLocal: true))
    }

    private func said(_ kind: SessionEvent.Kind, agreed: Bool = false) throws -> JSON? {
        let event = SessionEvent(
            kind, by: .mentor, at: SessionActivitiesTests.said, revision: 2,
            activity: try uri("https://b.example/activities/new"))
        return try activities(agreed: agreed).activity(for: event, id: event.activity)?.document
    }

    @Test("answers are about the Event, whose it is, and nothing more", arguments: [
        (.accepted(note: "See you"), "Accept"), (.declined(SessionActivitiesTests.reason), "Reject"),
        (.cancelled(SessionActivitiesTests.reason), "Reject"), (.inquired("Which tools?"), "TentativeAccept"),
    ] as [(SessionEvent.Kind, String)])
    func answersTheEvent(kind: SessionEvent.Kind, verb: String) throws {
        let written = try #require(try said(kind, agreed: true))
        #expect(written["type"]?.string == verb)
        #expect(written["object"] == (try json(Self.event)))
        #expect(written["to"]?.list.map(\.string) == ["https://f.example/users/tomas"])
        #expect(written["content"] != nil)
        #expect(!written.serializedText().contains("passcode"), "where exactly is for servers that know sessions")
    }

    @Test("what has no place among the answers to events is not told by one") func isSilent() throws {
        let slot = try SessionActivitiesTests.offer()
        #expect(try said(.proposed([slot], SessionActivitiesTests.reason)) == nil)
        #expect(try said(.reported(.completed)) == nil)
    }

    @Test("an answer is taken back with enough of it to be found") func undoes() throws {
        let answer = EventAnswer(verb: "Accept", activity: try uri("https://b.example/activities/accept"))
        let undo = try activities().undo(
            answer, id: try uri("https://b.example/activities/undo"), at: SessionActivitiesTests.said)
        #expect(undo.type == "Undo")
        #expect(
            undo.document["object"]
                == (try json(
                    #"""
                    {"id":"https://b.example/activities/accept","type":"Accept","actor":"https://b.example/users/noor",
                    "object":"https://a.example/sessions/1"}
                    """#)))
    }
}
