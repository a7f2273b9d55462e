import Foundation
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import Wire

/// Events as servers read them that share a database.
struct StreamEventQueriesTests {
    private struct Undone: Error {}

    private func withPost(_ body: (TestCommunity, Post) async throws -> Void) async throws {
        try await withCommunity { home in
            let ann = try await home.person("ann").actor
            try await body(home, try await home.post(by: ann))
        }
    }

    private func kinds(_ events: [StreamEvent]) -> [StreamEvent.Kind] { events.map(\.kind) }

    @Test("Nothing is written before somebody listens, nor after the last one stopped or was not heard of again")
    func listens() async throws {
        try await withPost { home, post in
            let server = UUID()
            func count() async throws -> Int {
                try await home.database.row("select count(*) as n from stream_events")?.get("n") ?? 0
            }
            try await home.database.insertStreamEvent(.published, post: post.id, by: post.author)
            #expect(try await count() == 0)
            #expect(try await home.database.isAnybodyListening() == false)
            let first = try await home.database.listenToStreams(on: server, seconds: 30)
            #expect(first == 0)
            try await home.database.insertStreamEvent(.published, post: post.id, by: post.author)
            #expect(try await count() == 1)
            let other = try await home.database.listenToStreams(on: UUID(), seconds: 0)
            #expect(other > 0)
            try await home.database.stopListeningToStreams(on: server)
            #expect(try await home.database.isAnybodyListening() == false)
            try await home.database.insertStreamEvent(ofDeleted: post, isLocal: true)
            #expect(try await count() == 1)
        }
    }

    @Test("Each event comes once to each reader, when its transaction has ended, and those that were undone never")
    func once() async throws {
        try await withPost { home, post in
            _ = try await home.database.listenToStreams(on: UUID(), seconds: 30)
            var position = try #require(try await home.database.streamPosition())
            try await home.database.transaction { slow in
                try await slow.insertStreamEvent(.noticed, post: post.id, by: post.author)
                // Sends what waits.
                _ = try await slow.row("select 1 as one")
                try await Self.apart {
                    try await home.database.insertStreamEvent(.published, post: post.id, by: post.author)
                    let early = try await home.database.streamEvents(after: position)
                    #expect(kinds(early.events) == [.published])
                    position = early.position
                    #expect(try await home.database.streamEvents(after: position).events.isEmpty)
                }
            }
            try? await home.database.transaction { undone in
                try await undone.insertStreamEvent(.boosted, post: post.id, by: post.author, boost: 7)
                throw Undone()
            }
            let late = try await home.database.streamEvents(after: position)
            #expect(kinds(late.events) == [.noticed])
            #expect(try await home.database.streamEvents(after: late.position).events.isEmpty)
        }
    }

    @Test("A position that the database has never reached is given up for its own")
    func ahead() async throws {
        try await withPost { home, post in
            _ = try await home.database.listenToStreams(on: UUID(), seconds: 30)
            try await home.database.insertStreamEvent(.published, post: post.id, by: post.author)
            let (events, position) = try await home.database.streamEvents(after: "1000000000:1000000000:")
            #expect(events.isEmpty)
            try await home.database.insertStreamEvent(.noticed, post: post.id, by: post.author)
            #expect(kinds(try await home.database.streamEvents(after: position).events) == [.noticed])
        }
    }

    /// Outside of the transaction in which it is called.
    private static func apart(_ body: @escaping () async throws -> Void) async throws {
        nonisolated(unsafe) let body = body
        try await Task.detached { try await body() }.value
    }

    @Test("Of a deleted post everything is told that cannot be looked up any more")
    func traces() async throws {
        try await withCommunity { home in
            let (ann, ben) = (try await home.person("ann").actor, try await home.person("ben").actor)
            let post = try await home.post(by: ann, .public, to: [ben])
            let address = home.community.addresses.activity(UUID())
            let boost = try #require(
                try await home.database.insertBoost(address, by: ben.id, of: post.id, visibility: .public))
            _ = try await home.database.listenToStreams(on: UUID(), seconds: 30)
            let position = try #require(try await home.database.streamPosition())
            try await home.database.transaction { transaction in
                try await transaction.insertStreamEvent(ofDeleted: post, isLocal: true)
                try await transaction.deletePost(post, isOurs: true)
            }
            let event = try #require(try await home.database.streamEvents(after: position).events.first)
            #expect(event.kind == .deleted && event.post == post.id)
            #expect(event.entries == [post.id.rawValue, boost.id])
            #expect(event.trace.isPublic && event.trace.isLocal && !event.trace.isReply && !event.trace.hasMedia)
            #expect(event.trace.people == [ann.id, ben.id])
        }
    }

    @Test("What everybody has heard is swept away")
    func sweeps() async throws {
        try await withPost { home, post in
            _ = try await home.database.listenToStreams(on: UUID(), seconds: 30)
            let position = try #require(try await home.database.streamPosition())
            for kind in [StreamEvent.Kind.published, .noticed] {
                try await home.database.insertStreamEvent(kind, post: post.id, by: post.author)
            }
            _ = try await home.database.execute(
                "update stream_events set at = now() - interval '2 minutes' where kind = 'published'")
            try await home.database.sweepStreams()
            let left = try await home.database.streamEvents(after: position).events
            #expect(kinds(left) == [.noticed])
        }
    }

    @Test("Who is told of a post are those whose timelines show it")
    func receivers() async throws {
        try await withCommunity { home in
            let ann = try await home.person("ann").actor
            let (ben, eve) = (try await home.person("ben").actor, try await home.person("eve").actor)
            for reader in [ben, eve] { try await home.follow(ann, by: reader) }
            let post = try await home.post(by: ann)
            try await home.database.fillFeeds(with: post.id)
            let feeds = [ben.id.rawValue: ben.id, eve.id.rawValue: eve.id]
            let entry = post.id.rawValue
            #expect(try await home.database.feeds(feeds, showing: [entry]).count == 2)
            #expect(try await home.database.publicReaders([ben.id, eve.id], of: [post.id]).count == 2)
            #expect(try await home.database.openPosts(among: [post.id]) == [post.id])
            try await home.block(eve, by: ann)
            let shown = try await home.database.feeds(feeds, showing: [entry])
            #expect(shown.map(\.feed) == [ben.id.rawValue] && shown.map(\.entry) == [entry])
            #expect(try await home.database.publicReaders([ben.id, eve.id], of: [post.id]).map(\.reader) == [ben.id])
            // What goes is told to all who had it.
            #expect(try await home.database.feeds(Array(feeds.keys), holding: [entry]).count == 2)
            try await home.suspend(ann)
            #expect(try await home.database.feeds(feeds, showing: [entry]).isEmpty)
            #expect(try await home.database.openPosts(among: [post.id]).isEmpty)
            let streamed = try await home.database.streamedEntries([entry, 5])
            #expect(streamed[entry]?.entry.post == post && streamed[entry]?.isLocal == true && streamed.count == 1)
        }
    }

    @Test("A notification belongs to the event of its own transaction and to no other")
    func notifications() async throws {
        try await withCommunity { home in
            let (ann, ben) = (try await home.person("ann").actor, try await home.person("ben").actor)
            let post = try await home.post(by: ann)
            _ = try await home.database.listenToStreams(on: UUID(), seconds: 30)
            let position = try #require(try await home.database.streamPosition())
            for kind in ["favourite", "reblog"] {
                try await home.database.transaction { transaction in
                    try await transaction.insertNotification(for: ann.id, kind: kind, from: ben.id, post: post.id)
                    try await transaction.insertStreamEvent(.noticed, post: post.id, by: ben.id)
                }
            }
            try await home.database.transaction { transaction in
                try await transaction.insertNotification(for: ann.id, kind: "follow", from: ben.id)
                try await transaction.insertStreamEvent(ofRelationBy: ben.id)
            }
            let events = try await home.database.streamEvents(after: position).events
            #expect(events.count == 3)
            var kinds: [String] = []
            for event in events {
                let found = try await home.database.notifications(of: [event.id], for: [ann.id, ben.id])
                #expect(found.count == 1 && found.first?.recipient == ann.id)
                let id = try #require(found.first?.id)
                kinds.append(try #require(try await home.database.notification(id, for: ann.id)).kind)
            }
            #expect(kinds == ["favourite", "reblog", "follow"])
        }
    }
}
