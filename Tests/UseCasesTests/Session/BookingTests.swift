import Foundation
import Mentoring
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import UseCases
import Wire

/// Noor has hours from 09:00 to 12:00 of UTC every day, and requests keep no times.
struct BookingTests {
    static func bench(
        _ home: TestCommunity, _ side: Bench.Side = .here, holding: HoldingDraft = HoldingDraft(requests: "never"),
        change: (inout AvailabilityDraft.Limits) -> Void = { _ in }
    ) async throws -> Bench {
        let bench = try await Bench(home, side)
        var draft = AvailabilityDraft(zone: "UTC")
        draft.rules = Weekday.allCases.map {
            .init(weekday: $0.rawValue, hours: .init(from: "09:00", to: "12:00"))
        }
        draft.limits = [.init(type: "pana_support")]
        draft.limits[0].bufferAfter = 0
        draft.holding = holding
        change(&draft.limits[0])
        let availability = try draft.checked(catalogue: try await home.database.catalogue())
        try await home.database.transaction { try await $0.save(availability, of: bench.noor.id) }
        return bench
    }

    /// On a day to come.
    static func time(_ hour: Int, _ minute: Int = 0, day: Int = 3) -> Date {
        let today = Int(Date.thisSecond.timeIntervalSince1970) / 86_400
        return Date(timeIntervalSince1970: Double((today + day) * 86_400 + hour * 3600 + minute * 60))
    }

    static func request(_ start: Date) -> SessionRequest {
        var request = Bench.request
        request.start = start
        return request
    }

    @Test("A crafted request for a time that no list offers is refused with the nearest times, and nothing is stored")
    func refusesRequest() async throws {
        try await withCommunity { home in
            let bench = try await Self.bench(home)
            let refusals: [(Date, Obstacle)] = [
                (Self.time(3), .outsideHours), (Self.time(9, 10), .offGrid(minutes: 30)),
                (Self.time(11, 30), .hoursEnd),
                (Self.time(9, day: 90), .furthest(days: 60)),
            ]
            for (start, obstacle) in refusals {
                let refusal = await #expect(throws: TimeNotFree.self) { try await bench.request(Self.request(start)) }
                #expect(refusal?.obstacle == obstacle)
                #expect(refusal?.nearest.isEmpty == (obstacle == .furthest(days: 60)))
            }
            #expect(try await home.count(.sessions) == 0)
            let refusal = await #expect(throws: TimeNotFree.self) {
                try await bench.request(Self.request(Self.time(9, 10)))
            }
            let nearest = [(9, 0), (9, 30), (10, 0), (10, 30), (11, 0)].map { Self.time($0.0, $0.1) }
            #expect(refusal?.nearest == nearest)
            for start in nearest { #expect(try await bench.request(Self.request(start)).status == .pending) }
        }
    }

    @Test("A mentor without hours can be asked for any time")
    func asksAnyTime() async throws {
        try await withCommunity { home in
            let bench = try await Bench(home)
            #expect(try await bench.request(Self.request(Self.time(3, 17))).status == .pending)
        }
    }

    @Test("A session moves to offered times and to what the mentor proposed, and nowhere else")
    func moves() async throws {
        try await withCommunity { home in
            let bench = try await Self.bench(home)
            let session = try await bench.request(Self.request(Self.time(9)))
            let move = { (start: Date, session: Session) in
                try await bench.perform(
                    .reschedule(Move(of: session, to: try slot(start))), on: session, by: bench.mika)
            }
            let refusal = await #expect(throws: TimeNotFree.self) { try await move(Self.time(20), session) }
            #expect(refusal?.obstacle == .outsideHours)
            #expect(try await bench.session(session.id) == session)
            #expect(try await move(Self.time(10), session)?.session.slot.start == Self.time(10))
            // The mentor's own word goes before the mentor's rules.
            try await bench.perform(.propose([try slot(Self.time(20))], Bench.words), on: session, by: bench.noor)
            let proposed = try #require(try await bench.session(session.id))
            #expect(try await move(Self.time(20), proposed)?.session.status == .scheduled)
            // What keeps its time needs no offer.
            let standing = try #require(try await bench.session(session.id))
            let elsewhere = Move(slot: standing.slot, place: Place(medium: .phone), rate: standing.rate)
            #expect(try await bench.perform(.reschedule(elsewhere), on: standing, by: bench.mika)?.event != nil)
        }
    }

    @Test("Two requests for times too near to each other: the second cannot be accepted")
    func keepsDistance() async throws {
        try await withCommunity { home in
            let bench = try await Self.bench(home) { $0.bufferAfter = 30 }
            let (first, second, third) = (
                try await bench.request(Self.request(Self.time(9))),
                try await bench.request(Self.request(Self.time(10))),
                try await bench.request(Self.request(Self.time(10, 30)))
            )
            #expect(try await bench.perform(Bench.accept, on: first, by: bench.noor)?.session.status == .scheduled)
            let near = TakenTime(
                start: Self.time(9), end: Self.time(9, 45), kind: .session, type: first.kind.name)
            #expect(try await bench.perform(Bench.accept, on: second, by: bench.noor)?.refusal == .tooNear(near))
            #expect(try await bench.perform(Bench.accept, on: third, by: bench.noor)?.session.status == .scheduled)
            // 45 minutes from 10:00 overlap the third, which nobody can override.
            let override = SessionAction.accept(place: nil, note: nil, override: true)
            #expect(try await bench.perform(override, on: second, by: bench.noor)?.refusal == .slotTaken)
        }
    }

    @Test("Of many who race for one time one wins")
    func races() async throws {
        try await withCommunity(poolSize: 8) { home in
            let bench = try await Self.bench(home)
            var sessions: [Session] = []
            for _ in 0..<16 { sessions.append(try await bench.request(Self.request(Self.time(9)))) }
            let won = try await withThrowingTaskGroup(of: Bool.self) { group in
                for session in sessions {
                    group.addTask {
                        try await bench.perform(Bench.accept, on: session, by: bench.noor)?.session.status == .scheduled
                    }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(won == 1)
            let taken = try await home.database.takenTimes(of: bench.noor.id, in: Self.time(0)..<Self.time(23))
            #expect(taken.count == 1)
        }
    }

    @Test("The database itself gives nobody two sessions at once, whatever is written to it")
    func databaseRefuses() async throws {
        try await withCommunity { home in
            let bench = try await Bench(home)
            let first = try await bench.request(Self.request(Self.time(9)))
            let second = try await bench.request(Self.request(Self.time(9, 44)))
            try await home.database.execute("update sessions set status = 'scheduled' where id = \(first.id)")
            let statements: [SQL] = [
                "update sessions set status = 'scheduled' where id = \(second.id)",
                "update sessions set held_starts_at = starts_at, held_minutes = 1, held_zone = 'UTC' where id = \(second.id)",
            ]
            for statement in statements {
                let error = await #expect(throws: PostgresError.self) { try await home.database.execute(statement) }
                #expect(error?.state == .exclusionViolation)
                #expect(error?.constraint == "sessions_no_double_booking")
            }
            // Neighbours do not overlap; and what another server's mentor does is not known here.
            try await home.database.execute(
                "update sessions set starts_at = \(Self.time(9, 45)), status = 'scheduled' where id = \(second.id)")
            try await home.database.execute(
                "update sessions set starts_at = \(Self.time(9)), custody = 'owner' where id = \(second.id)")
        }
    }

    @Test("A confirmation that comes after the time went to somebody else is taken back")
    func lateConfirmation() async throws {
        try await withCommunity { home in
            let bench = try await Self.bench(home, .mirror)
            let session = try await bench.request(Self.request(Self.time(9)))
            try await bench.perform(Bench.accept, on: session, by: bench.noor)
            let accepted = try #require(try await bench.session(session.id))
            let accept = try #require(accepted.agreement?.activity)
            try await bench.perform(.confirmDecline(of: accept), on: accepted, by: bench.mika)
            let ines = try await home.person("ines").actor
            let other = try await home.database.transaction { transaction in
                try await bench.desk.request(
                    Self.request(Self.time(9)), by: ines, of: bench.noor, now: .thisSecond, in: transaction)
            }
            #expect(try await bench.perform(Bench.accept, on: other, by: bench.noor)?.session.status == .scheduled)
            let decision = try await bench.perform(.confirm(), on: accepted, by: bench.mika, revision: 0)
            #expect(decision?.session.status == .cancelled)
            #expect(try await bench.sent().last == "Delete")
            #expect(try await bench.session(other.id)?.status == .scheduled)
        }
    }
}
