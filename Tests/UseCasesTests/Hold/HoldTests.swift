import Foundation
import JSONTree
import Mentoring
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import UseCases
import Wire

/// Noor has hours from 09:00 to 12:00 of UTC every day; Mika, Ines and others want the same times.
struct HoldTests {
    private func hold(
        _ bench: Bench, _ start: Date, by asker: Actor, of mentor: Actor? = nil, at now: Date = .thisSecond
    ) async throws -> HeldTime {
        try await bench.home.database.transaction { transaction in
            try await bench.desk.hold(
                HoldRequest(type: "pana_support", start: start, minutes: 45), by: asker, of: mentor ?? bench.noor,
                now: now, in: transaction)
        }
    }

    private func ask(_ bench: Bench, _ start: Date, by asker: Actor, at now: Date = .thisSecond) async throws -> Session {
        try await bench.home.database.transaction { transaction in
            try await bench.desk.request(
                BookingTests.request(start), by: asker, of: bench.noor, now: now, in: transaction)
        }
    }

    /// Why the time cannot be asked for; nil when it was.
    private func refusal(_ bench: Bench, _ start: Date, by asker: Actor, at now: Date = .thisSecond) async throws
        -> TimeNotFree?
    {
        do {
            _ = try await ask(bench, start, by: asker, at: now)
            return nil
        } catch let refusal as TimeNotFree {
            return refusal
        }
    }

    private func kept(_ bench: Bench) async throws -> Int {
        try await bench.home.database.row("select count(*) as n from held_times")?.get("n") ?? 0
    }

    private static let always = HoldingDraft(requests: "always")

    @Test("A time that somebody picked is theirs while they write, and their request uses it up")
    func keepsWhileWriting() async throws {
        try await withCommunity { home in
            let bench = try await BookingTests.bench(home)
            let ines = try await home.person("ines").actor
            let now = Date.thisSecond
            let held = try await hold(bench, BookingTests.time(9), by: bench.mika, at: now)
            #expect(held.until == now.addingTimeInterval(300))
            let refused = try #require(try await refusal(bench, BookingTests.time(9), by: ines))
            #expect(refused.obstacle == .taken(.hold))
            #expect(!refused.nearest.isEmpty && !refused.nearest.contains(BookingTests.time(9)))
            await #expect(throws: TimeNotFree.self) { try await hold(bench, BookingTests.time(9, 30), by: ines) }
            #expect(try await refusal(bench, BookingTests.time(9), by: bench.mika) == nil)
            #expect(try await kept(bench) == 0)
            #expect(try await refusal(bench, BookingTests.time(9), by: ines) == nil)
        }
    }

    @Test("Who picks again lets go of the first time; after five minutes it is free by itself")
    func keepsOne() async throws {
        try await withCommunity { home in
            let bench = try await BookingTests.bench(home)
            let (ines, now) = (try await home.person("ines").actor, Date.thisSecond)
            _ = try await hold(bench, BookingTests.time(9), by: bench.mika, at: now)
            _ = try await hold(bench, BookingTests.time(10), by: bench.mika, at: now)
            _ = try await hold(bench, BookingTests.time(10), by: bench.mika, at: now)
            #expect(try await refusal(bench, BookingTests.time(9), by: ines, at: now) == nil)
            #expect(try await refusal(bench, BookingTests.time(10), by: ines, at: now.addingTimeInterval(299)) != nil)
            #expect(try await refusal(bench, BookingTests.time(10), by: ines, at: now.addingTimeInterval(300)) == nil)
        }
    }

    @Test("Only times that are offered can be kept, by whom the mentor takes, and of five mentors at most")
    func limits() async throws {
        try await withCommunity { home in
            let bench = try await BookingTests.bench(home)
            for start in [BookingTests.time(3), BookingTests.time(9, 10), BookingTests.time(9, day: 90)] {
                await #expect(throws: TimeNotFree.self) { try await hold(bench, start, by: bench.mika) }
            }
            await #expect(throws: InvalidFields.self) { try await hold(bench, BookingTests.time(9), by: bench.noor) }
            var closed = ProfileDraft.open
            closed.isAccepting = false
            let paused = try await home.person("paused", profile: closed).actor
            await #expect(throws: InvalidFields.self) {
                try await hold(bench, BookingTests.time(9), by: bench.mika, of: paused)
            }
            for number in 1...4 {
                let mentor = try await home.mentor("mentor\(number)").actor
                _ = try await hold(bench, BookingTests.time(3), by: bench.mika, of: mentor)
            }
            _ = try await hold(bench, BookingTests.time(9), by: bench.mika)
            let sixth = try await home.mentor("sixth").actor
            await #expect(throws: SessionDesk.TooManyHolds.self) {
                try await hold(bench, BookingTests.time(3), by: bench.mika, of: sixth)
            }
            _ = try await hold(bench, BookingTests.time(10), by: bench.mika)
            #expect(try await kept(bench) == 5)
        }
    }

    @Test("Of a mentor without hours, too, nobody asks for what somebody keeps, and nobody keeps what is agreed")
    func withoutHours() async throws {
        try await withCommunity { home in
            let bench = try await Bench(home)
            let ines = try await home.person("ines").actor
            _ = try await hold(bench, BookingTests.time(3), by: bench.mika)
            #expect(try await refusal(bench, BookingTests.time(3, 30), by: ines)?.obstacle == .taken(.hold))
            await #expect(throws: TimeNotFree.self) { try await hold(bench, BookingTests.time(3, 30), by: ines) }
            let session = try await ask(bench, BookingTests.time(3), by: bench.mika)
            #expect(session.heldUntil == nil)
            try await bench.perform(Bench.accept, on: session, by: bench.noor)
            await #expect(throws: TimeNotFree.self) { try await hold(bench, BookingTests.time(3, 30), by: ines) }
        }
    }

    static let policies: [(HoldingDraft, until: Double?)] = [
        (HoldingDraft(requests: "never"), nil), (HoldingDraft(requests: "first", hours: 2), 2), (HoldingDraft(), 24),
        (HoldingDraft(requests: "always"), 7 * 24),
    ]

    @Test("A waiting request keeps its time by the mentor's policy, and then others can ask", arguments: policies.indices)
    func holdsByPolicy(index: Int) async throws {
        try await withCommunity { home in
            let (policy, hours) = Self.policies[index]
            let bench = try await BookingTests.bench(home, holding: policy)
            let (ines, now) = (try await home.person("ines").actor, Date.thisSecond)
            let start = BookingTests.time(9, day: 20)
            let session = try await ask(bench, start, by: bench.mika, at: now)
            let until = hours.map { now.addingTimeInterval($0 * 3600) }
            #expect(session.heldUntil == until)
            #expect(try await bench.session(session.id)?.heldUntil == until)
            #expect(try await refusal(bench, start, by: ines, at: now)?.obstacle == (until == nil ? nil : .taken(.request)))
            guard let until else { return }
            #expect(try await refusal(bench, start, by: ines, at: until.addingTimeInterval(-1)) != nil)
            let second = try await ask(bench, start, by: ines, at: until)
            // The first accept wins, and the mentor is told for whom the time is kept now.
            let refused = try await bench.perform(Bench.accept, on: session, by: bench.noor, at: until)
            guard case .tooNear(let kept) = refused?.refusal else {
                // By now the first request has expired.
                #expect(session.answerBy <= until)
                return
            }
            #expect(kept.kind == .request && kept.start == start)
            let override = SessionAction.accept(place: nil, note: nil, override: true)
            let won = try await bench.perform(override, on: session, by: bench.noor, at: until)
            #expect(won?.session.status == .scheduled)
            #expect(won?.event?.kind == .accepted(note: nil, despite: kept))
            #expect(try await home.database.events(of: session.id).last?.detail["despite"]?["kind"] == "request")
            #expect(try await bench.perform(override, on: second, by: bench.noor, at: until)?.refusal == .slotTaken)
        }
    }

    enum End: CaseIterable { case declined, cancelled, expired, moved, accepted }

    @Test("What ends the wait gives the time back, and what moves it keeps the new one", arguments: End.allCases)
    func ends(end: End) async throws {
        try await withCommunity { home in
            let bench = try await BookingTests.bench(home, holding: Self.always)
            let (ines, start) = (try await home.person("ines").actor, BookingTests.time(9, day: 20))
            let session = try await ask(bench, start, by: bench.mika)
            #expect(try await kept(bench) == 1)
            switch end {
            case .declined: try await bench.perform(.decline(Bench.words), on: session, by: bench.noor)
            case .cancelled: try await bench.perform(.cancel(Bench.words), on: session, by: bench.mika)
            case .expired:
                try await home.database.transaction {
                    try await bench.desk.runTimer(of: session.id, at: session.answerBy, in: $0)
                }
            case .moved:
                let later = try slot(BookingTests.time(10, day: 21))
                try await bench.perform(.reschedule(Move(of: session, to: later)), on: session, by: bench.mika)
                #expect(try await refusal(bench, later.start, by: ines)?.obstacle == .taken(.request))
                #expect(try await bench.session(session.id)?.heldUntil != nil)
            case .accepted:
                try await bench.perform(Bench.accept, on: session, by: bench.noor)
                #expect(try await refusal(bench, start, by: ines)?.obstacle == .taken(.session))
            }
            #expect(try await kept(bench) == (end == .moved ? 1 : 0))
            if end != .accepted { #expect(try await refusal(bench, start, by: ines) == nil) }
        }
    }

    @Test("A move to a time that the mentor proposed and that is kept for somebody else waits, and keeps nothing")
    func movesOntoWhatIsKept() async throws {
        try await withCommunity { home in
            let bench = try await BookingTests.bench(home, holding: Self.always)
            let ines = try await home.person("ines").actor
            let session = try await ask(bench, BookingTests.time(9, day: 20), by: bench.mika)
            let proposed = try slot(BookingTests.time(10, day: 20))
            try await bench.perform(.propose([proposed], Bench.words), on: session, by: bench.noor)
            _ = try await ask(bench, proposed.start, by: ines)
            let offered = try #require(try await bench.session(session.id))
            let moved = try await bench.perform(.reschedule(Move(of: offered, to: proposed)), on: offered, by: bench.mika)
            #expect(moved?.session.status == .pending && moved?.session.heldUntil == nil)
            #expect(try await kept(bench) == 1)
        }
    }

    @Test("A request from elsewhere for what is kept or agreed is declined at once as taken, and told so by Reject")
    func remoteLoses() async throws {
        try await withCommunity { home in
            let bench = try await BookingTests.bench(home, .mirror, holding: Self.always)
            let ines = try await home.person("ines").actor
            _ = try await hold(bench, BookingTests.time(9), by: ines)
            let lost = try await bench.request(BookingTests.request(BookingTests.time(9)))
            #expect(lost.status == .declined && lost.heldUntil == nil)
            #expect(lost.ending?.reason == Reason(.taken) && lost.ending?.by == .clock)
            #expect(try await bench.history(lost.id) == ["requested", "declined"])
            #expect(try await bench.sent() == ["Reject"])
            #expect(try await home.sent().last?["mnt:reason"] == "taken")
            // Asked once more it hears the same.
            #expect(try await bench.receive(bench.remoteRequest(BookingTests.request(BookingTests.time(9)))) == nil)
            #expect(try await kept(bench) == 1)
        }
    }

    @Test("A request from elsewhere keeps its time as long as its Event says and the mentor grants")
    func remoteHolds() async throws {
        try await withCommunity { home in
            let bench = try await BookingTests.bench(home, .mirror, holding: Self.always)
            let (ines, now) = (try await home.person("ines").actor, Date.thisSecond)
            var request = try bench.remoteRequest(BookingTests.request(BookingTests.time(9)))
            request.heldUntil = now.addingTimeInterval(3600)
            #expect(try await bench.receive(request, at: now) == nil)
            #expect(try await refusal(bench, BookingTests.time(9), by: ines, at: now)?.obstacle == .taken(.request))
            #expect(try await refusal(bench, BookingTests.time(9), by: ines, at: now.addingTimeInterval(3600)) == nil)
        }
    }

    @Test("Towards a mentor elsewhere the session says what their policy gives, as far as it is known")
    func owner() async throws {
        try await withCommunity { home in
            let bench = try await Bench(home, .owner)
            #expect(try await bench.request().heldUntil == nil)
            let profile = MentorProfile(
                bio: "", expertise: [], languages: [], zone: .utc, isAccepting: true, offers: [], audience: .anyone,
                holding: .first(hours: 24), isPublished: true)
            try await home.database.save(profile, of: bench.noor.id)
            let now = Date.thisSecond
            #expect(try await bench.request(at: now).heldUntil == now.addingTimeInterval(86_400))
            #expect(try await kept(bench) == 0)
            let event = try await home.sent().last?["object"]
            #expect(event?["mnt:heldUntil"]?.string == DateTime.format(now.addingTimeInterval(86_400)))
        }
    }

    @Test("Of many who ask for one time at once one gets it, and the others hear of free ones")
    func races() async throws {
        try await withCommunity(poolSize: 8) { home in
            let bench = try await BookingTests.bench(home, holding: Self.always)
            var people: [Actor] = []
            for number in 0..<16 { people.append(try await home.person("p\(number)").actor) }
            let refusals = try await withThrowingTaskGroup(of: TimeNotFree?.self) { group in
                for person in people {
                    group.addTask { try await refusal(bench, BookingTests.time(9), by: person) }
                }
                return try await group.reduce(into: [TimeNotFree]()) { if let refusal = $1 { $0.append(refusal) } }
            }
            #expect(refusals.count == 15)
            #expect(refusals.allSatisfy { $0.obstacle == .taken(.request) && !$0.nearest.isEmpty })
            #expect(try await home.count(.sessions) == 1)
            #expect(try await kept(bench) == 1)
        }
    }

    @Test("What loses to a booking that its checks could not see yet is decided anew, not failed")
    func lostRace() async throws {
        try await withCommunity { home in
            let bench = try await BookingTests.bench(home)
            let (first, second) = (
                try await ask(bench, BookingTests.time(9), by: bench.mika),
                try await ask(bench, BookingTests.time(9), by: bench.mika)
            )
            // Agreed without the lock of the calendar, as another program would; committed when the other one waits.
            let (agreed, agree) = AsyncStream<Void>.makeStream()
            async let other: Void = home.database.transaction { transaction in
                try await transaction.execute("update sessions set status = 'scheduled' where id = \(first.id)")
                agree.finish()
                let deadline = ContinuousClock.now + .seconds(30)
                while ContinuousClock.now < deadline {
                    let waiting = try await transaction.row(
                        "select from pg_locks where not granted and locktype = 'transactionid' limit 1")
                    if waiting != nil { return }
                    try await Task.sleep(for: .milliseconds(5))
                }
                Issue.record("nobody waits")
            }
            for await _ in agreed {}
            let decision = try await bench.perform(Bench.accept, on: second, by: bench.noor)
            try await other
            #expect(decision?.refusal == .slotTaken)
            #expect(try await bench.session(second.id)?.status == .pending)
        }
    }
}
