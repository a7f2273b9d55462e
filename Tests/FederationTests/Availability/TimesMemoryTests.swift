import Foundation
import Mentoring
import TestSupport
import Testing
import Wire

@testable import Federation

struct TimesMemoryTests {
    @Test("What is remembered for somebody is told of a time that it covers, of the same type and no shorter")
    func covers() throws {
        let (memory, now) = (TimesMemory(), Date.thisSecond)
        let draft = SlotQuestionDraft(type: "pana_support", minutes: 30, zone: "UTC")
        let type = SessionType(
            name: "pana_support", label: "", description: "", durations: [30], pricing: .alwaysFree, position: 1,
            isOffered: true)
        let question = try draft.checked(offers: nil, catalogue: Catalogue([type]), now: now)
        let (noor, mika, zed) = (ActorID(rawValue: 2), ActorID(rawValue: 1), ActorID(rawValue: 3))
        let starts = [3.0, 1, 40].map { now.addingTimeInterval($0 * 86_400) }
        memory.keep(starts, for: TimesMemory.Key(mentor: noor, question: question, signer: mika))
        let week = now..<now.addingTimeInterval(7 * 86_400)
        func told(
            _ mentor: ActorID = noor, type: String = "pana_support", minutes: Int = 30, in time: Range<Date>? = nil,
            for asker: ActorID = mika
        ) -> [Date]? {
            memory.starts(of: mentor, type: type, minutes: minutes, in: time ?? week, for: asker)
        }
        #expect(told() == [starts[1], starts[0]])
        #expect(told(minutes: 15) == told())
        #expect(told(minutes: 60) == nil && told(type: "artistic") == nil && told(mika) == nil && told(for: zed) == nil)
        #expect(told(in: now..<now.addingTimeInterval(60 * 86_400)) == nil)
    }
}
