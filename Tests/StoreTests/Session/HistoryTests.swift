import Foundation
import JSONTree
import Mentoring
import Social
import Store
import TestSupport
import Testing
import Wire

struct HistoryTests {
    /// Every kind of event with what it must keep.
    static func kinds() throws -> [(SessionEvent.Kind, JSON)] {
        let start = try date("2027-03-01T16:00:00Z")
        let (old, new) = (
            try slot(start, minutes: 30), try slot(start.addingTimeInterval(3600), minutes: 45, zone: "UTC")
        )
        let reason = Reason(heard: "Ill.", code: "illness")
        let (offer, outcome) = (
            try uri("https://b.example/activities/o"), Outcome(menteeAttended: true, mentorAttended: false, minutes: 3)
        )
        let words: JSON = ["code": "illness", "text": "Ill."]
        let was: JSON = ["start": "2027-03-01T16:00:00Z", "minutes": 30, "zone": "Europe/Berlin"]
        let is_: JSON = ["start": "2027-03-01T17:00:00Z", "minutes": 45, "zone": "UTC"]
        let told: JSON = ["mentee": true, "mentor": false, "minutes": 3]
        let outcomeTold = try #require(outcome)
        return [
            (.requested, [:]), (.accepted(note: nil), [:]), (.accepted(note: "See you"), ["note": "See you"]),
            (
                .accepted(
                    note: nil,
                    despite: TakenTime(start: old.start, end: new.start, kind: .ownSession, type: "artistic")),
                ["despite": ["kind": "own_session", "start": "2027-03-01T16:00:00Z", "end": "2027-03-01T17:00:00Z"]]
            ),
            (.answerRenewed, [:]), (.declined(reason), words), (.cancelled(Reason(.policy)), ["code": "policy"]),
            (.proposed([old, new], reason), ["code": "illness", "text": "Ill.", "slots": [was, is_]]),
            (.proposalDeclined(of: offer, reason), words),
            (.rescheduled(from: old, to: new, answering: nil), ["from": was, "to": is_]),
            (
                .rescheduled(from: old, to: new, answering: offer),
                ["from": was, "to": is_, "answering": .string(offer.string)]
            ),
            (.confirmed, [:]), (.expired, [:]), (.reported(outcomeTold), told), (.disputed(reason), words),
            (.settled(outcomeTold), told),
        ]
    }

    @Test("Every kind of event is kept with its details, in order")
    func keepsEveryKind() async throws {
        try await withCommunity { home in
            let session = try await Pair(home).session()
            #expect(try await home.database.insert(session))
            let kinds = try Self.kinds()
            let at = Date.thisSecond
            for (index, (kind, _)) in kinds.enumerated() {
                _ = try await home.database.insert(
                    SessionEvent(kind, by: Role.allCases[index % 3], at: at, revision: index, activity: session.invite),
                    of: session.id)
            }
            let history = try await home.database.events(of: session.id)
            #expect(history.map(\.kind) == kinds.map(\.0.label))
            #expect(history.map(\.revision) == Array(kinds.indices))
            #expect(history.allSatisfy { $0.at == at && $0.activity == session.invite })
            #expect(history.map(\.by) == kinds.indices.map { Role.allCases[$0 % 3] })
            for (event, (_, detail)) in zip(history, kinds) {
                #expect(event.detail.canonical() == detail.canonical(), "\(event.kind)")
            }
        }
    }

    @Test("Each party has a note of their own; an empty one is removed")
    func notes() async throws {
        try await withCommunity { home in
            let pair = try await Pair(home)
            let session = try pair.session()
            let (mika, noor) = (pair.mika.actor.id, pair.noor.actor.id)
            #expect(try await home.database.insert(session))
            #expect(try await home.database.note(on: session.id, by: mika) == nil)
            try await home.database.setNote("mine", on: session.id, by: mika)
            try await home.database.setNote("also mine", on: session.id, by: mika)
            try await home.database.setNote("hers", on: session.id, by: noor)
            #expect(try await home.database.note(on: session.id, by: mika) == "also mine")
            try await home.database.setNote("", on: session.id, by: mika)
            #expect(try await home.database.note(on: session.id, by: mika) == nil)
            #expect(try await home.database.note(on: session.id, by: noor) == "hers")
        }
    }
}
