import Foundation
import JSONTree
import Jobs
import Mentoring
import PostgreSQL
import Store
import TestSupport
import Testing
import UseCases
import Wire

struct SessionTimersTests {
    private func runTimer(_ bench: Bench, of session: Session, at now: Date) async throws {
        try await bench.home.database.transaction { transaction in
            _ = try await bench.desk.runTimer(of: session.id, at: now, in: transaction)
        }
    }

    @Test("Every open session has its timer, at the time that counts", arguments: [Bench.Side.here, .owner, .mirror])
    func keepsATimer(side: Bench.Side) async throws {
        try await withCommunity { home in
            let bench = try await Bench(home, side)
            let session = try await bench.request()
            let timers = try await home.jobs("session.timer")
            #expect(timers.map(\.payload["session"]?.string) == [session.id.uuidString.lowercased()])
            // A mentor of ours is reminded first; one elsewhere is told again.
            let due = side == .owner ? session.revisedAt.addingTimeInterval(86_400) : session.answerBy.addingTimeInterval(-86_400)
            #expect(timers.map(\.dueAt) == [due])
        }
    }

    @Test("Who has to answer is reminded, nobody else, and the clock goes on to the end of the wait")
    func reminds() async throws {
        try await withCommunity { home in
            let bench = try await Bench(home)
            let session = try await bench.request()
            let reminder = session.answerBy.addingTimeInterval(-86_400)
            for _ in 0..<2 { try await runTimer(bench, of: session, at: reminder) }
            #expect(try await bench.history(session.id) == ["requested", "reminded"])
            #expect(try await bench.notifications(bench.noor) == ["requested", "reminded"])
            #expect(try await bench.notifications(bench.mika) == [])
            #expect(try await home.jobs("session.timer").map(\.dueAt) == [reminder, session.answerBy])
        }
    }

    @Test("Nobody answered: it expires once, and the other side is told", arguments: [Bench.Side.here, .owner])
    func expires(side: Bench.Side) async throws {
        try await withCommunity { home in
            let bench = try await Bench(home, side)
            let session = try await bench.request()
            let reminder = session.answerBy.addingTimeInterval(-86_400)
            try await runTimer(bench, of: session, at: reminder.addingTimeInterval(-1))
            #expect(try await bench.session(session.id)?.status == .pending)
            for _ in 0..<2 { try await runTimer(bench, of: session, at: session.answerBy) }
            #expect(try await bench.session(session.id)?.status == .expired)
            #expect(try await bench.history(session.id) == ["requested", "expired"])
            #expect(try await bench.notifications(bench.mika) == ["expired"])
            #expect(try await bench.sent() == (side == .owner ? ["Invite", "Update", "Delete"] : []))
        }
    }

    @Test("A timer that is no longer right finds nothing to do")
    func staleTimer() async throws {
        try await withCommunity { home in
            let bench = try await Bench(home)
            let session = try await bench.request()
            try await bench.perform(Bench.accept, on: session, by: bench.noor)
            try await runTimer(bench, of: session, at: session.slot.end)
            #expect(try await bench.session(session.id)?.status == .scheduled)
            #expect(try await bench.history(session.id) == ["requested", "accepted"])
        }
    }

    @Test("An answer to a plain event is not repeated: nothing there confirms it")
    func leavesPlainEventsAlone() async throws {
        try await withCommunity { home in
            let bench = try await Bench(home, .mirror, speaksMentoring: false)
            let now = Date.thisSecond
            let session = try await bench.request(at: now)
            try await bench.perform(Bench.accept, on: session, by: bench.noor, at: now)
            #expect(try await bench.sent() == ["Accept"])
            try await home.database.execute("delete from jobs where kind = 'deliver'")
            try await runTimer(bench, of: session, at: now.addingTimeInterval(86_400))
            #expect(try await home.jobs("deliver").isEmpty)
        }
    }

    @Test("A day without the owner's receipt: the mirror sends the same Accept again")
    func repeatsTheAnswer() async throws {
        try await withCommunity { home in
            let bench = try await Bench(home, .mirror)
            let now = Date.thisSecond
            let session = try await bench.request(at: now)
            try await bench.perform(Bench.accept, on: session, by: bench.noor, at: now)
            let first = try #require(try await home.jobs("deliver").last)
            try await home.database.execute("delete from jobs where kind = 'deliver'")
            try await runTimer(bench, of: session, at: now.addingTimeInterval(86_399))
            #expect(try await home.jobs("deliver").isEmpty)
            try await runTimer(bench, of: session, at: now.addingTimeInterval(86_400))
            #expect(try await home.jobs("deliver").map(\.payload) == [first.payload])
            #expect(try await bench.sent() == ["Accept"])
            #expect(try await bench.history(session.id) == ["requested", "accepted"])
        }
    }

    @Test("The mentor's report counts after two weeks of silence")
    func settles() async throws {
        try await withCommunity { home in
            let bench = try await Bench(home)
            let session = try await bench.request()
            try await bench.perform(Bench.accept, on: session, by: bench.noor)
            let scheduled = try #require(try await bench.session(session.id))
            try await bench.perform(.report(.completed), on: scheduled, by: bench.noor, at: session.slot.end)
            try await runTimer(bench, of: session, at: session.slot.end.addingTimeInterval(13 * 86_400 - 1))
            #expect(try await bench.session(session.id)?.status == .scheduled)
            try await runTimer(bench, of: session, at: session.slot.end.addingTimeInterval(14 * 86_400))
            #expect(try await bench.session(session.id)?.status == .completed)
            #expect(try await bench.history(session.id) == ["requested", "accepted", "reported", "settled"])
        }
    }

    @Test("A move sets the timer anew; the old one does nothing")
    func movesTheTimer() async throws {
        try await withCommunity { home in
            let bench = try await Bench(home)
            let session = try await bench.request()
            let other = try slot(.hence(days: 20))
            try await bench.perform(.reschedule(Move(of: session, to: other)), on: session, by: bench.mika)
            let moved = try #require(try await bench.session(session.id))
            #expect(moved.answerBy > session.answerBy)
            let reminders = [session, moved].map { $0.answerBy.addingTimeInterval(-86_400) }
            #expect(try await home.jobs("session.timer").map(\.dueAt) == reminders)
            try await runTimer(bench, of: session, at: reminders[0])
            #expect(try await bench.history(session.id) == ["requested", "rescheduled"])
        }
    }
}
