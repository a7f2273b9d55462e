import Foundation
import Mentoring
import Social
import Store
import TestSupport
import Testing
import Wire

/// When a mentor is free, against one session from 12:00 to 13:00.
struct CalendarTests {
    enum Taken: Sendable { case agreed, requested, held, cancelled }

    static let cases = [
        (taken: Taken.agreed, from: 0, minutes: 60, isFree: false), (.agreed, 30, 60, false), (.agreed, -30, 60, false),
        (.agreed, 15, 15, false), (.agreed, -60, 180, false), (.agreed, 59, 1, false), (.agreed, 60, 60, true),
        (.agreed, -60, 60, true), (.agreed, 600, 30, true), (.requested, 0, 60, true), (.cancelled, 0, 60, true),
        (.held, 0, 60, false), (.held, 60, 30, true), (.held, -30, 31, false),
    ]

    @Test func tellsOverlaps() async throws {
        try await withCommunity { home in
            let pair = try await Pair(home)
            let noor = pair.noor.actor.id
            for (index, row) in Self.cases.enumerated() {
                // A week for each row, so that they do not meet.
                let noon = Date.hence(days: Double(7 * (index + 1)))
                let session =
                    switch row.taken {
                    case .agreed: try pair.session(start: noon, status: .scheduled)
                    case .requested: try pair.session(start: noon)
                    case .cancelled: try pair.session(start: noon, status: .cancelled)
                    case .held:
                        try pair.session(start: noon.addingTimeInterval(300_000), heldSlot: try slot(noon, minutes: 60))
                    }
                #expect(try await home.database.insert(session))
                let wanted = try slot(noon.addingTimeInterval(Double(row.from) * 60), minutes: row.minutes)
                #expect(
                    try await home.database.isFree(noor, during: wanted, except: UUID()) == row.isFree, "\(row)")
                #expect(try await home.database.isFree(noor, during: wanted, except: session.id))
                #expect(try await home.database.isFree(pair.mika.actor.id, during: wanted, except: UUID()))
            }
        }
    }

    @Test("A session that was moved keeps its old time, not the one asked for")
    func heldTimeOfAPendingMove() async throws {
        try await withCommunity { home in
            let pair = try await Pair(home)
            let (old, new) = (Date.hence(days: 4), Date.hence(days: 9))
            #expect(
                try await home.database.insert(
                    try pair.session(start: new, heldSlot: try slot(old, minutes: 60))))
            #expect(
                try await home.database.isFree(pair.noor.actor.id, during: try slot(new), except: UUID()))
        }
    }
}
