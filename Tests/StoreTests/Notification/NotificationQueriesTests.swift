import Foundation
import Mentoring
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import Wire

struct NotificationQueriesTests {
    @Test("One event tells one person once; pages go newest first")
    func oncePerEvent() async throws {
        try await withCommunity { home in
            let pair = try await Pair(home)
            let session = try pair.session()
            let (mika, noor) = (pair.mika.actor.id, pair.noor.actor.id)
            #expect(try await home.database.insert(session))
            for kind in [SessionEvent.Kind.requested, .accepted(note: nil), .expired] {
                let event = try await home.database.insert(
                    SessionEvent(kind, by: .mentee, at: .thisSecond, revision: 0, activity: session.invite),
                    of: session.id)
                for _ in 0..<2 {
                    try await home.database.insertNotification(
                        for: noor, kind: kind.label, session: session.id, from: mika, event: event)
                }
            }
            let first = try await home.database.notifications(for: noor, before: nil, limit: 2)
            #expect(first.map(\.kind) == ["expired", "accepted"])
            #expect(first.allSatisfy { $0.session == session.id && $0.from == mika })
            let rest = try await home.database.notifications(for: noor, before: first.last?.id, limit: 2)
            #expect(rest.map(\.kind) == ["requested"])
            #expect(try await home.database.notifications(for: mika, before: nil, limit: 9).isEmpty)
        }
    }

    @Test func isOnlyForAccounts() async throws {
        try await withCommunity { home in
            let pair = try await Pair(home)
            let session = try pair.session()
            #expect(try await home.database.insert(session))
            let remote = try await home.neighbour("eli")
            let error = await #expect(throws: PostgresError.self) {
                try await home.database.insertNotification(
                    for: remote.id, kind: "requested", session: session.id, from: nil, event: 1)
            }
            #expect(error?.state == .foreignKeyViolation)
        }
    }
}
