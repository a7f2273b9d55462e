import ActivityStreams
import Foundation
import JSONTree
import Mentoring
import Social
import TestSupport
import Testing
import Wire

@testable import Federation

/// Mika of a.example asks Noor of b.example; every event as the activity that tells of it.
struct SessionActivitiesTests {
    static func actor(
        _ name: String, _ host: String, isLocal: Bool, speaksMentoring: Bool = true
    ) throws -> Actor {
        Actor(
            id: ActorID(rawValue: isLocal ? 1 : 2), uri: try uri("https://\(host)/users/\(name)"), kind: .person,
            handle: try handle("\(name)@\(host)"), isLocal: isLocal, name: name, summary: "", url: nil,
            inbox: try uri("https://\(host)/users/\(name)/inbox"), sharedInbox: nil, speaksMentoring: speaksMentoring,
            createdAt: .distantPast, fetchedAt: nil, goneAt: nil)
    }

    static let said = Date(timeIntervalSince1970: 1_800_000_000)
    static let reason = Reason(heard: "Ill <again>\nsorry", code: "illness")

    static func session(_ custody: Custody, agreed: Bool = false, reported: Bool = false) throws -> Session {
        let start = try date("2027-03-01T16:00:00Z")
        let accept = try uri("https://b.example/activities/accept")
        return Session(
            id: UUID(), uri: try uri("https://a.example/sessions/1"),
            invite: try uri("https://a.example/activities/invite"),
            mentee: ActorID(rawValue: custody == .mirror ? 2 : 1),
            mentor: ActorID(rawValue: custody == .mirror ? 1 : 2),
            custody: custody, kind: SessionKind(name: "artistic", label: "Art", pricing: .mentorSetsRate),
            topic: "Portfolio", message: "Hello", requestedAt: said, slot: try slot(start),
            place: Place(medium: .online, detail: "passcode 1234", link: try uri("https://meet.example/1")),
            rate: try rate("20"), revision: 2, revisedAt: said, status: agreed ? .scheduled : .pending,
            answerBy: start.addingTimeInterval(-3600),
            agreement: agreed ? Agreement(activity: accept, revision: 2, published: said, confirmedAt: said) : nil,
            menteeReport: reported
                ? OutcomeReport(outcome: .completed, at: said, activity: try uri("https://a.example/activities/report"))
                : nil,
            updatedAt: said)
    }

    static func activity(
        _ kind: SessionEvent.Kind, _ custody: Custody, agreed: Bool = false, reported: Bool = false
    ) throws -> JSON? {
        let session = try session(custody, agreed: agreed, reported: reported)
        let isMirror = custody == .mirror
        let activities = SessionActivities(
            session: session, mentee: try actor("mika", "a.example", isLocal: !isMirror),
            mentor: try actor("noor", "b.example", isLocal: isMirror))
        let event = SessionEvent(
            kind, by: isMirror ? .mentor : .mentee, at: said, revision: 2,
            activity: try uri("https://\(isMirror ? "b" : "a").example/activities/new"))
        return activities.activity(for: event, id: event.activity)?.document
    }

    struct Golden: Sendable, CustomTestStringConvertible {
        let kind: @Sendable () throws -> SessionEvent.Kind
        let custody: Custody
        var agreed = false
        var reported = false
        /// Members beside `@context`, `id`, `actor`, `to`, `cc`, `published` and `mnt:revision`; the Event is `EVENT`.
        let members: String

        var testDescription: String { "\(custody) \(members.prefix(60))" }
    }

    static let words = #""content":"<p>Ill &lt;again&gt;<br>sorry</p>","mnt:reason":"illness""#
    static let ended =
        #"{"deleted":"2027-01-15T08:00:00Z","formerType":"Event","id":"https://a.example/sessions/1","type":"Tombstone"}"#
    static let invite =
        #"{"actor":"https://a.example/users/mika","id":"https://a.example/activities/invite","object":"https://a.example/sessions/1","target":"https://b.example/users/noor","type":"Invite"}"#
    static let target = #""target":"https://a.example/sessions/1""#
    static let offered =
        #"[{"endTime":"2027-03-02T10:30:00Z","startTime":"2027-03-02T10:00:00Z","timezone":"UTC","type":"Event"}]"#

    static func offer() throws -> Slot { try slot(try date("2027-03-02T10:00:00Z"), minutes: 30, zone: "UTC") }
    static func offerID() throws -> URI { try uri("https://b.example/activities/offer") }

    static let golden = [
        Golden(
            kind: { .requested }, custody: .owner,
            members: #""object":EVENT,"target":"https://b.example/users/noor","type":"Invite""#),
        Golden(
            kind: { .rescheduled(from: try offer(), to: try offer(), answering: nil) }, custody: .owner,
            members: #""object":EVENT,"type":"Update""#),
        Golden(
            kind: { .rescheduled(from: try offer(), to: try offer(), answering: try offerID()) }, custody: .owner,
            members: #""inReplyTo":"https://b.example/activities/offer","object":EVENT,"type":"Update""#),
        Golden(
            kind: { .cancelled(reason) }, custody: .owner, members: #"\#(words),"object":\#(ended),"type":"Delete""#),
        Golden(
            kind: { .expired }, custody: .owner, members: #""mnt:reason":"expired","object":\#(ended),"type":"Delete""#),
        Golden(
            kind: { .proposalDeclined(of: try offerID(), reason) }, custody: .owner,
            members:
                #"\#(words),"object":{"actor":"https://b.example/users/noor","id":"https://b.example/activities/offer",\#(target),"type":"Offer"},"type":"Reject""#
        ),
        Golden(kind: { .reported(.completed) }, custody: .owner, members: #""object":EVENT,"type":"Update""#),
        Golden(kind: { .settled(.completed) }, custody: .owner, members: #""object":EVENT,"type":"Update""#),
        Golden(kind: { .declined(reason) }, custody: .owner, members: #"\#(words),"object":EVENT,"type":"Update""#),
        Golden(
            kind: { .accepted(note: "See you") }, custody: .mirror,
            members:
                #""content":"<p>See you</p>","location":{"name":"passcode 1234","type":"VirtualLocation","url":"https://meet.example/1"},"mnt:medium":"online","object":\#(invite),"startTime":"2027-03-01T16:00:00Z","type":"Accept""#
        ),
        Golden(
            kind: { .declined(reason) }, custody: .mirror, members: #"\#(words),"object":\#(invite),"type":"Reject""#),
        Golden(
            kind: { .cancelled(reason) }, custody: .mirror, agreed: true,
            members:
                #"\#(words),"object":{"deleted":"2027-01-15T08:00:00Z","formerType":"Accept","id":"https://b.example/activities/accept","type":"Tombstone"},\#(target),"type":"Delete""#
        ),
        Golden(
            kind: { .cancelled(reason) }, custody: .mirror, members: #"\#(words),"object":\#(invite),"type":"Reject""#),
        Golden(
            kind: { .proposed([try offer()], reason) }, custody: .mirror,
            members: #"\#(words),"object":\#(offered),\#(target),"type":"Offer""#),
        Golden(
            kind: { .inquired("Which tools?") }, custody: .mirror,
            members: #""content":"<p>Which tools?</p>","object":\#(invite),"type":"TentativeAccept""#),
        Golden(
            kind: { .told(IntakeAnswer(question: "Which tools?", text: "Pencils.")) }, custody: .owner,
            members:
                #""mnt:answers":[{"mnt:question":"Which tools?","mnt:text":"Pencils."}],"object":EVENT,"type":"Update""#),
        Golden(
            kind: { .proposed([], reason) }, custody: .mirror,
            members: #"\#(words),"object":{"type":"Event"},\#(target),"type":"Offer""#),
        Golden(
            kind: { .reported(.completed) }, custody: .mirror,
            members:
                #""object":{"mnt:outcome":{"mnt:mentorAttended":true,"mnt:requesterAttended":true},"mnt:state":"completed","type":"Event"},\#(target),"type":"Offer""#
        ),
        Golden(
            kind: { .disputed(reason) }, custody: .mirror, reported: true,
            members:
                #"\#(words),"object":{"actor":"https://a.example/users/mika","id":"https://a.example/activities/report",\#(target),"type":"Update"},"type":"Reject""#
        ),
    ]

    static func event(_ custody: Custody) throws -> JSON {
        try json(
            #"""
            {"actor":"https://a.example/users/mika","attributedTo":"https://a.example/users/mika","cc":[],
            "content":"<p>Hello</p>","duration":"PT45M","endTime":"2027-03-01T16:45:00Z",
            "id":"https://a.example/sessions/1","joinMode":"invite",
            "location":{"name":"Online","type":"VirtualLocation","url":"https://meet.example/1"},
            "maximumAttendeeCapacity":2,"mediaType":"text/html","mnt:expiresAt":"2027-03-01T15:00:00Z",
            "mnt:medium":"online","mnt:pricing":"mentorSetsRate","mnt:revision":2,"mnt:sessionKind":"artistic",
            "mnt:sessionKindLabel":"Art","mnt:sessionType":"one-on-one","mnt:state":"requested",
            "mnt:terms":{"mnt:amount":"20.00","mnt:currency":"EUR","mnt:kind":"paid","mnt:per":"hour"},
            "mnt:topic":"Portfolio","name":"Mentoring session","published":"2027-01-15T08:00:00Z",
            "startTime":"2027-03-01T16:00:00Z","status":"TENTATIVE","timezone":"Europe/Berlin",
            "to":["https://b.example/users/noor"],"type":"Event","updated":"2027-01-15T08:00:00Z",
            "url":"https://a.example/sessions/1"}
            """#)
    }

    @Test(arguments: golden)
    func isWrittenAsDocumented(golden: Golden) throws {
        let written = try #require(
            try Self.activity(try golden.kind(), golden.custody, agreed: golden.agreed, reported: golden.reported))
        var object = try #require(written.object)
        #expect(object["@context"] == Vocabulary.sessionContext)
        object["@context"] = nil
        if var event = object["object"]?.object, event["summary"] != nil {
            #expect(event["summary"]?.string?.contains("Europe/Berlin") == true)
            event["summary"] = nil
            object["object"] = .object(event)
        }
        let (sender, recipient) =
            golden.custody == .mirror
            ? ("b.example/users/noor", "a.example/users/mika") : ("a.example/users/mika", "b.example/users/noor")
        let host = golden.custody == .mirror ? "b" : "a"
        let text = """
            {"id":"https://\(host).example/activities/new","actor":"https://\(sender)","to":["https://\(recipient)"],"cc":[],
            "published":"2027-01-15T08:00:00Z","mnt:revision":2,
            \(golden.members.replacing("EVENT", with: try Self.event(golden.custody).serializedText()))}
            """
        let (is_, shall) = (try #require(JSON.object(object).canonical()), try #require(try json(text).canonical()))
        #expect(String(decoding: is_, as: UTF8.self) == String(decoding: shall, as: UTF8.self))
    }

    @Test("What concerns nobody there is not told", arguments: [Custody.owner, .mirror])
    func isSilent(custody: Custody) throws {
        for kind: SessionEvent.Kind in [.answerRenewed, .confirmed, .reminded(.mentor)] { #expect(try Self.activity(kind, custody) == nil) }
        let others: [SessionEvent.Kind] =
            custody == .mirror
            ? [.requested, .expired, .settled(.completed), .proposalDeclined(of: try Self.offerID(), Self.reason)]
            : [.accepted(note: nil), .proposed([try Self.offer()], Self.reason), .disputed(Self.reason)]
        for kind in others { #expect(try Self.activity(kind, custody) == nil) }
    }

    @Test("Where exactly two meet is told by the Accept alone, which goes to the mentee", arguments: golden)
    func keepsPrivate(golden: Golden) throws {
        let text = try #require(
            try Self.activity(try golden.kind(), golden.custody, agreed: golden.agreed, reported: golden.reported)
        ).serializedText()
        let isAccept = if case .accepted = try golden.kind() { true } else { false }
        #expect(text.contains("passcode") == isAccept)
    }

    @Test("The other side's handlers know what to do with every activity of ours", arguments: golden)
    func isUnderstood(golden: Golden) throws {
        let written = try #require(
            try Self.activity(try golden.kind(), golden.custody, agreed: golden.agreed, reported: golden.reported))
        let received = try ReceivedActivity(try JSON.parse(written.serialized()))
        let pattern = ActivityPattern(received.type, received.objectType)
        #expect(HandlerTableTests.documented.contains(pattern.description))
        #expect(received.revision == 2)
        #expect(received.published == Self.said)
        #expect(
            received.actor
                == (try uri(golden.custody == .mirror ? "https://b.example/users/noor" : "https://a.example/users/mika"))
        )
        if written["mnt:reason"] == "illness" { #expect(Reason(received.reason) == Self.reason) }
        if received.objectType == "Event", golden.custody == .owner {
            let document = try #require(SessionDocument(received.object, terms: received.terms))
            let session = try Self.session(.owner)
            #expect(document.id == session.uri)
            #expect(document.start == session.slot.start)
            #expect(document.end == session.slot.end)
            #expect(document.zone == session.slot.zone.name)
            #expect(document.topic == session.topic)
            #expect(document.message == session.message)
            #expect(document.revision == session.revision)
            #expect(document.sessionRate == session.rate)
            #expect(document.sessionPlace == Place(medium: .online, link: session.place.link))
            #expect(document.expiresAt == session.answerBy)
            #expect(document.heldUntil == session.heldUntil)
        }
    }

    @Test("The owner states what stands: the Event, or that it is gone")
    func statement() throws {
        let (mika, noor) = (
            try Self.actor("mika", "a.example", isLocal: true), try Self.actor("noor", "b.example", isLocal: false)
        )
        let (id, cause) = (try uri("https://a.example/activities/x"), try uri("https://b.example/activities/accept"))
        let open = SessionActivities(session: try Self.session(.owner, agreed: true), mentee: mika, mentor: noor)
            .statement(id, inReplyTo: cause, at: Self.said)
        #expect(open.type == "Update")
        #expect(open.document["inReplyTo"]?.string == cause.string)
        #expect(open.document["object"]?["mnt:state"]?.string == "confirmed")
        #expect(open.sender == mika.id)
    }
}
