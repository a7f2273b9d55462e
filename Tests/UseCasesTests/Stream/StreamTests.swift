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
