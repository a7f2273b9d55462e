import Foundation
import Testing
import Wire

@testable import Mentoring

/// The people and times of all tests: Mika of `a.example` asks Noor of `b.example`.
enum Sample {
    static let mika = ActorID(rawValue: 1)
    static let noor = ActorID(rawValue: 2)
    static let stranger = ActorID(rawValue: 3)

    /// When the session is asked for.
    static let asked = date("2026-09-01T09:00:00Z")
    static let waiting = date("2026-09-02T09:00:00Z")
    /// Within a day of `answerBy` and of the start.
    static let nearing = date("2026-09-07T17:00:00Z")
    /// Past `answerBy`, before the start.
    static let overdue = date("2026-09-08T10:00:00Z")
    static let begun = date("2026-09-08T16:10:00Z")
    static let longAfter = date("2026-09-25T09:00:00Z")

    static let slot = slot("2026-09-08T16:00:00Z")
    static let otherSlot = slot("2026-09-09T16:00:00Z")
    static let thirdSlot = slot("2026-09-10T07:00:00Z")

    static let catalogue = Catalogue([
        SessionType(
            name: "artistic", label: "Artistic consultation", description: "", durations: [30, 45, 60],
            pricing: .mentorSetsRate, position: 1, isOffered: true),
        SessionType(
            name: "panamia_planning", label: "Planning", description: "", durations: [30], pricing: .alwaysFree,
            position: 2, isOffered: true),
        SessionType(
            name: "retired", label: "Retired", description: "", durations: [30], pricing: .alwaysFree, position: 3,
            isOffered: false),
    ])

    static let twentyEuro = rate("20", "EUR", .hour)

    static func date(_ text: String) -> Date { DateTime.parse(text) ?? .distantPast }

    static func uri(_ text: String) -> URI {
        guard let uri = URI(text) else { fatalError("the test's own address is wrong: \(text)") }
        return uri
    }

    static func slot(_ start: String, minutes: Int = 45) -> Slot {
        guard let slot = Slot(start: date(start), minutes: minutes, zone: .utc) else { fatalError("no slot: \(start)") }
        return slot
    }

    static func rate(_ amount: String, _ currency: String, _ unit: Rate.Unit) -> Rate {
        guard let currency = Currency(currency), let rate = Rate(amount: amount, currency: currency, per: unit) else {
            fatalError("no rate: \(amount)")
        }
        return rate
    }

    static func activity(_ name: String, of host: String = "b.example") -> URI {
        uri("https://\(host)/activities/\(name)")
    }

    static let words = Reason(heard: "I am away that week.", code: "scheduleConflict")

    /// A session as it stands shortly after it reached that status.
    static func session(
        _ status: SessionStatus = .pending, _ custody: Custody = .owner, proposal: Proposal? = nil
    ) -> Session {
        var session = Session(
            id: UUID(uuid: (0x0b, 0x0c, 0x2b, 0x7a, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1)),
            uri: uri("https://a.example/sessions/1"), invite: activity("invite", of: "a.example"), mentee: mika,
            mentor: noor, custody: custody, kind: SessionKind(name: "artistic", label: "Art", pricing: .mentorSetsRate),
            topic: "Portfolio", message: "Please have a look.", requestedAt: asked, slot: slot,
            place: Place(medium: .online), rate: nil, revision: 0, revisedAt: asked, status: status,
            answerBy: SessionTimes.answerBy(since: asked, slot: slot), updatedAt: asked)
        session.proposal = status.isOpen ? proposal : nil
        let said = asked.addingTimeInterval(3600)
        switch status {
        case .pending: break
        case .scheduled, .completed, .noShow:
            session.answer = MentorAnswer(kind: .accepted, activity: activity("accept"), published: said)
            session.agreement = Agreement(
                activity: activity("accept"), revision: 0, published: said, confirmedAt: custody == .mirror ? nil : said
            )
            if status != .scheduled {
                session.menteeReport = OutcomeReport(
                    outcome: status == .completed ? .completed : absence, at: begun,
                    activity: activity("outcome", of: "a.example"))
            }
        case .declined:
            session.answer = MentorAnswer(kind: .declined, activity: activity("decline"), published: said)
            session.ending = Ending(by: .mentor, reason: words, at: said, activity: activity("decline"))
        case .cancelled:
            session.ending = Ending(by: .mentee, reason: words, at: said, activity: activity("cancel", of: "a.example"))
        case .expired:
            session.ending = Ending(by: .clock, reason: Reason(.expired), at: overdue, activity: activity("expire"))
        }
        return session
    }

    static let absence = Outcome(menteeAttended: true, mentorAttended: false) ?? .completed

    static func proposal(_ slots: [Slot] = [otherSlot, thirdSlot], published: Date = asked.addingTimeInterval(7200))
        -> Proposal
    {
        Proposal(activity: activity("offer"), slots: slots, reason: words, published: published)
    }
}

extension Session {
    /// Decides one command; `name` makes the activity's id.
    func hearing(
        _ action: SessionAction, by role: Role, revision: Int? = nil, published: Date? = nil, as name: String = "new",
        now: Date = Sample.waiting, mentorIsFree: Bool = true, clash: TakenTime? = nil, holding: Holding = .never,
        notice: Notice = Notice()
    ) -> Decision {
        let command = SessionCommand(
            action, by: role, revision: revision, published: published ?? now,
            activity: Sample.activity(name, of: role == .mentor ? "b.example" : "a.example"))
        return SessionRules.decide(
            command, on: self, now: now, mentorIsFree: mentorIsFree, clash: clash, holding: holding, notice: notice)
    }

    func moved(to slot: Slot, answering: URI? = nil) -> SessionAction {
        .reschedule(Move(of: self, to: slot, answering: answering))
    }
}

extension SessionAction {
    static let accepting = SessionAction.accept(place: nil, note: nil)
}

/// `Sample.waiting` and some minutes.
func minutes(_ count: Double, after date: Date = Sample.waiting) -> Date { date.addingTimeInterval(count * 60) }
