import Foundation
import Mentoring
import Social
import Store
import TestSupport
import Testing
import Wire

struct SessionListTests {
    @Test("Pages go through every session once, newest first")
    func pages() async throws {
        try await withCommunity { home in
            let pair = try await Pair(home)
            var written: [UUID] = []
            for _ in 0..<7 {
                let session = try pair.session()
                #expect(try await home.database.insert(session))
                written.append(session.id)
            }
            var read: [UUID] = []
            var before: Int64?
            repeat {
                let page = try await home.database.sessions(
                    of: pair.mika.actor.id, SessionFilter(before: before, limit: 3))
                #expect(page.count <= 3)
                read += page.map(\.session.id)
                before = page.last?.number
            } while before != nil
            #expect(read == written.reversed())
        }
    }

    @Test(arguments: [
        (role: Role?.none, status: SessionStatus?.none, seen: 3), (.mentor, nil, 2), (.mentee, nil, 1),
        (nil, .pending, 2), (.mentor, .pending, 1), (.mentee, .scheduled, 0), (nil, .noShow, 0),
    ])
    func filters(role: Role?, status: SessionStatus?, seen: Int) async throws {
        try await withCommunity { home in
            let pair = try await Pair(home)
            let noor = pair.noor.actor.id
            let asked = try pair.session()
            let agreed = try pair.session(start: .hence(days: 5), status: .scheduled)
            let reversed = try pair.session(start: .hence(days: 6)).replacing(.mentor, by: pair.mika.actor.id)
                .replacing(.mentee, by: noor)
            for session in [asked, agreed, reversed] { #expect(try await home.database.insert(session)) }
            let found = try await home.database.sessions(of: noor, SessionFilter(role: role, status: status, limit: 40))
            #expect(found.count == seen)
        }
    }

    @Test func showsNobodyTheSessionsOfOthers() async throws {
        try await withCommunity { home in
            let pair = try await Pair(home)
            #expect(try await home.database.insert(try pair.session()))
            let stranger = try await home.person("zed")
            #expect(try await home.database.sessions(of: stranger.actor.id, SessionFilter(limit: 40)).isEmpty)
        }
    }

    @Test("Acquaintance needs an agreement, and holds both ways")
    func acquaintance() async throws {
        try await withCommunity { home in
            let pair = try await Pair(home)
            let (mika, noor) = (pair.mika.actor.id, pair.noor.actor.id)
            #expect(try await home.database.insert(try pair.session()))
            #expect(try await home.database.haveSharedSession(mika, noor) == false)
            #expect(try await home.database.insert(try pair.fullSession()))
            #expect(try await home.database.haveSharedSession(mika, noor))
            #expect(try await home.database.haveSharedSession(noor, mika))
            #expect(try await home.database.pendingRequests(by: mika) == 1)
            #expect(try await home.database.pendingRequests(by: noor) == 0)
        }
    }
}
