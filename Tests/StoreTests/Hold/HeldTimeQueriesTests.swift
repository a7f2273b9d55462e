import Foundation
import Mentoring
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import Wire

struct HeldTimeQueriesTests {
    static let now = Date.thisSecond
    static let start = now.addingTimeInterval(3 * 86_400)

    static func held(
        _ pair: Pair, minutes from: Double = 0, lasting: Int = 60, by holder: Account? = nil, for time: Double = 300,
        session: UUID? = nil
    ) -> HeldTime {
        HeldTime(
            id: UUID(), mentor: pair.noor.actor.id, holder: (holder ?? pair.mika).actor.id, type: "pana_support",
            start: start.addingTimeInterval(from * 60), minutes: lasting,
            until: now.addingTimeInterval(time), session: session)
    }

    private func keep(_ held: HeldTime, _ home: TestCommunity, at now: Date = now) async throws {
        try await home.database.transaction { try await $0.insert(held, now: now) }
    }

    @Test("The database itself keeps no time for two, nor two of a mentor for one who is writing")
    func constraints() async throws {
        try await withCommunity { home in
            let pair = try await Pair(home)
            let ines = try await home.person("ines")
            let session = try pair.session(start: Self.start)
            #expect(try await home.database.insert(session))
            try await keep(Self.held(pair, session: session.id), home)
            for from in [-59.0, 0, 59] {
                let error = await #expect(throws: PostgresError.self) {
                    try await keep(Self.held(pair, minutes: from, by: ines), home)
                }
                #expect(error?.state == .exclusionViolation)
                #expect(error?.constraint == "held_times_no_double_holding")
            }
            try await keep(Self.held(pair, minutes: 60, by: ines), home)
            let second = await #expect(throws: PostgresError.self) {
                try await keep(Self.held(pair, minutes: 120, by: ines), home)
            }
            #expect(second?.constraint == "held_times_writing")
            try await keep(Self.held(pair, minutes: -60), home)
        }
    }

    @Test("What is kept is in the way of others only, until it ends, and goes when another is written")
    func counts() async throws {
        try await withCommunity { home in
            let pair = try await Pair(home)
            let now = Self.now
            let (mika, ines) = (pair.mika.actor.id, try await home.person("ines").actor.id)
            let session = try pair.session(start: Self.start.addingTimeInterval(7200))
            #expect(try await home.database.insert(session))
            let writing = Self.held(pair)
            try await keep(writing, home)
            try await keep(Self.held(pair, minutes: 120, for: 600, session: session.id), home)
            let found = { (asker: ActorID?, except: UUID?, seconds: Double) in
                try await home.database.heldTimes(
                    of: pair.noor.actor.id, in: Self.start..<Self.start.addingTimeInterval(86_400), for: asker,
                    except: except, now: now.addingTimeInterval(seconds)
                ).map(\.kind).sorted { $0.rawValue < $1.rawValue }
            }
            #expect(try await found(nil, nil, 0) == [.hold, .request])
            #expect(try await found(ines, nil, 0) == [.hold, .request])
            #expect(try await found(mika, nil, 0) == [.request])
            #expect(try await found(mika, session.id, 0) == [])
            #expect(try await found(nil, session.id, 0) == [.hold])
            #expect(try await found(nil, nil, 300) == [.request])
            #expect(try await found(nil, nil, 600) == [])
            let isHeld = { (from: Double, asker: ActorID?, seconds: Double) in
                let slot = try slot(Self.start.addingTimeInterval(from * 60), minutes: 30)
                return try await home.database.isHeld(
                    pair.noor.actor.id, during: slot, for: asker, now: now.addingTimeInterval(seconds))
            }
            for (from, asker, seconds, expected) in [
                (0, ines, 0, true), (59, ines, 0, true), (60, ines, 0, false), (-30, ines, 0, false),
                (-29, ines, 299, true), (0, ines, 300, false), (0, mika, 0, false), (120, mika, 0, true),
            ] as [(Double, ActorID, Double, Bool)] {
                #expect(try await isHeld(from, asker, seconds) == expected, "\(from) \(asker) \(seconds)")
            }
            // In the place of what is over something new can lie.
            try await keep(
                Self.held(pair, minutes: 30, by: try await home.person("omar"), for: 900), home,
                at: now.addingTimeInterval(300))
            #expect(try await found(nil, nil, 300) == [.hold, .request])
        }
    }

    @Test("Only its holder gives a time back, once, and not when it is over")
    func releases() async throws {
        try await withCommunity { home in
            let pair = try await Pair(home)
            let ines = try await home.person("ines").actor.id
            let (mika, now) = (pair.mika.actor.id, Self.now)
            let held = Self.held(pair)
            try await keep(held, home)
            #expect(try await home.database.holds(of: mika, now: now) == 1)
            #expect(try await home.database.release(hold: held.id, of: ines, now: now) == false)
            #expect(try await home.database.release(hold: held.id, of: mika, now: now))
            #expect(try await home.database.release(hold: held.id, of: mika, now: now) == false)
            try await keep(held, home)
            #expect(try await home.database.holds(of: mika, now: held.until) == 0)
            #expect(try await home.database.release(hold: held.id, of: mika, now: held.until) == false)
            try await keep(Self.held(pair, for: -3601), home, at: now.addingTimeInterval(-7200))
            let omar = try await home.person("omar")
            try await keep(Self.held(pair, minutes: 60, by: omar), home, at: now.addingTimeInterval(-7200))
            try await home.database.forgetOldHolds()
            #expect(try await home.database.row("select count(*) as n from held_times")?.get("n") == 1)
        }
    }
}
