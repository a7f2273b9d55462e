import Foundation
import JSONTree
import Mentoring
import Social
import Store
import TestSupport
import Wire

/// Mika and Noor of one community, and sessions between them.
struct Pair {
    let home: TestCommunity
    let mika: Account
    let noor: Account

    init(_ home: TestCommunity) async throws {
        self.home = home
        mika = try await home.person("mika")
        noor = try await home.mentor("noor")
    }

    /// A session with nothing in it that can be left out.
    func session(
        start: Date = .hence(days: 3), minutes: Int = 60, status: SessionStatus = .pending, heldSlot: Slot? = nil
    ) throws -> Session {
        let id = UUID()
        let now = Date.thisSecond
        return Session(
            id: id, uri: home.community.addresses.session(id), invite: home.community.addresses.activity(UUID()),
            mentee: mika.actor.id, mentor: noor.actor.id, custody: .here,
            kind: SessionKind(name: "pana_support", label: "Peer support", pricing: nil), topic: "Portfolio",
            message: "",
            requestedAt: now, slot: try slot(start, minutes: minutes), place: Place(medium: .online), rate: nil,
            revision: 0, revisedAt: now, status: status, answerBy: start, heldSlot: heldSlot, updatedAt: now)
    }

    /// A session with everything in it.
    func fullSession() throws -> Session {
        let bare = try session(status: .completed)
        let start = bare.slot.start
        let said = bare.requestedAt.addingTimeInterval(60.125)
        let activity = { (name: String) in try uri("https://b.example/activities/\(name)") }
        let reason = Reason(heard: "Ill, \"again\"\n— sorry.", code: "illness")
        return Session(
            id: bare.id, uri: bare.uri, invite: bare.invite, mentee: bare.mentee, mentor: bare.mentor, custody: .owner,
            kind: SessionKind(name: "artistic", label: "Art", pricing: .mentorSetsRate), topic: "Ölbild",
            message: "Line one\nline two", requestedAt: bare.requestedAt, slot: bare.slot,
            place: Place(medium: .inPerson, detail: "Room 3", link: try uri("https://map.example/3")),
            rate: try rate("20"), revision: 4, revisedAt: said, status: .completed, answerBy: start,
            heldUntil: start.addingTimeInterval(-60.125),
            agreement: Agreement(
                activity: try activity("accept"), revision: 4, published: said,
                confirmedAt: said.addingTimeInterval(1)),
            answer: MentorAnswer(kind: .accepted, activity: try activity("accept"), published: said),
            proposal: Proposal(
                activity: try activity("offer"),
                slots: [try slot(start.addingTimeInterval(7200)), try slot(start, minutes: 15, zone: "Asia/Kolkata")],
                reason: reason, published: said),
            heldSlot: try slot(start.addingTimeInterval(-3600), minutes: 30, zone: "America/Bogota"),
            ending: Ending(by: .mentor, reason: reason, at: said, activity: try activity("cancel")),
            menteeReport: OutcomeReport(outcome: .completed, at: said, activity: try activity("report")),
            mentorReport: Outcome(menteeAttended: false, mentorAttended: true, minutes: 12).map {
                OutcomeReport(outcome: $0, at: said, activity: bare.uri)
            },
            menteeDispute: Dispute(reason: Reason(.other), at: said, activity: try activity("objection")),
            mentorDispute: Dispute(reason: Reason(.disputed), at: said, activity: try activity("dispute")),
            restatedAt: said, updatedAt: said)
    }
}
