import Foundation
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import UseCases
import Wire

/// What happens, and servers of one community that hear of it.
struct StreamTests {
    private func desk(_ home: TestCommunity, _ audience: StreamAudience) -> PostDesk {
        PostDesk(community: home.community, consequences: PostConsequences([TellStreams(audience: audience)]))
    }

    private func publish(_ text: String, by author: Actor, _ desk: PostDesk, _ home: TestCommunity) async throws
        -> Post
    {
        try await home.database.transaction {
            try await desk.publish(PostDraft(text), by: author, mentioned: Mentioned(), now: .thisSecond, in: $0)
        }
    }

    private func knowsNobody(_ audience: StreamAudience) async throws {
        let end = ContinuousClock.now + .seconds(60)
        while audience.mayListen, ContinuousClock.now < end { try await Task.sleep(for: .milliseconds(20)) }
        #expect(ContinuousClock.now < end)
    }

    @Test("While it is known that nobody listens, what happens costs no statement")
    func nobody() async throws {
        try await withCommunity { home in
            let ann = try await home.person("ann").actor
            let audience = StreamAudience(database: home.database, trust: .seconds(600))
            try await knowsNobody(audience)
            // Whoever touched it now would fail.
            _ = try await home.database.execute("alter table stream_events rename to elsewhere")
            let post = try await publish("Quiet", by: ann, desk(home, audience), home)
            #expect(post.content.source == "Quiet")
        }
    }

    @Test("What another server of the community writes is heard, from the moment on that listening began")
    func others() async throws {
        try await withCommunity { home in
            let ann = try await home.person("ann").actor
            let (here, there) = (StreamAudience(database: home.database), StreamAudience(database: home.database))
            try await knowsNobody(there)
            let source = ListenToStreams(database: home.database, audience: here)
            try await source.begin()
            #expect(here.mayListen)
            #expect(there.mayListen)
            let post = try await publish("Heard", by: ann, desk(home, there), home)
            let (events, position) = try await source.next()
            #expect(events.map(\.kind) == [.published] && events.first?.post == post.id)
            // Until they are known to have been told, they come again.
            #expect(try await source.next().events.count == 1)
            source.passed(to: position)
            #expect(try await source.next().events.isEmpty)
            try await source.end()
            #expect(try await home.database.isAnybodyListening() == false)
        }
    }

    @Test("Of filters is noted whose they are, once for all that one request changed, and nothing where it failed")
    func filters() async throws {
        struct Failure: Error {}
        try await withCommunity { home in
            let ann = try await home.person("ann").actor
            let audience = StreamAudience(database: home.database)
            let (desk, source) = (FilterDesk(audience: audience), ListenToStreams(database: home.database, audience: audience))
            try await source.begin()
            let id = try await desk.change(of: ann.id, on: home.database) { transaction in
                let id = try await transaction.insertFilter(
                    title: "Tea", contexts: [.home], action: .warn, endsAt: nil, owner: ann.id)
                _ = try await transaction.insertKeyword("tea", isWholeWord: true, of: id)
                return id
            }
            await #expect(throws: Failure.self) {
                try await desk.change(of: ann.id, on: home.database) { transaction in
                    try await transaction.deleteFilter(id)
                    throw Failure()
                }
            }
            let events = try await source.next().events
            #expect(events.map(\.kind) == [.filtered] && events.map(\.actor) == [ann.id])
            #expect(try await home.database.filters(of: ann.id).map(\.id) == [id])
            try await source.end()
        }
    }

    @Test("Whoever comes while another server listens already need not wait")
    func second() async throws {
        try await withCommunity { home in
            let first = ListenToStreams(database: home.database, audience: StreamAudience())
            try await first.begin()
            var times: [Duration] = []
            // On a machine with other work one of them may have to wait for something else.
            for _ in 0..<10 {
                let begin = ContinuousClock.now
                try await ListenToStreams(database: home.database, audience: StreamAudience()).begin()
                times.append(ContinuousClock.now - begin)
            }
            #expect(times.contains { $0 < .seconds(1) })
        }
    }
}
