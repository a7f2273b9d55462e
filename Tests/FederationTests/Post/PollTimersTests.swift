import Foundation
import JSONTree
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import UseCases
import Wire

@testable import Federation

/// What time brings to polls of ours, and to those elsewhere in which ours voted.
struct PollTimersTests {
    private func withPoll(_ body: (SocialBench, Post) async throws -> Void) async throws {
        try await withFederation { federation in
            let bench = try await SocialBench(federation)
            var draft = PostDraft("Which?")
            draft.poll = .init(options: ["A", "B"], seconds: 600)
            try await body(bench, try await federation.publish(draft, by: bench.ann))
        }
    }

    private func vote(_ choice: Int, _ post: Post, by actor: Actor, _ bench: SocialBench) async throws {
        try await bench.home.database.transaction {
            try await bench.desks.reactions.vote(
                [choice], in: post.id, by: actor, activity: actor.isLocal ? nil : actor.inbox, now: .thisSecond, in: $0)
        }
    }

    /// As if the time of all that waits had come; the end of the poll with it where `isOver`.
    private func wait(_ bench: SocialBench, isOver: Bool) async throws {
        if isOver {
            try await bench.home.database.execute("update polls set ends_at = now() - interval '1 second'")
            try await bench.home.database.execute("update jobs set due_at = now() where kind = 'poll'")
        } else {
            try await bench.home.database.execute(
                "update jobs set due_at = now() where kind = 'poll' and payload->>'what' = 'tell'")
        }
        try await bench.work()
    }

    @Test("A poll is published with its end, and a timer for it")
    func timer() async throws {
        try await withPoll { bench, post in
            let poll = try #require(post.content.poll)
            #expect(poll.endsAt == post.publishedAt.addingTimeInterval(600))
            #expect(try await bench.home.jobs("poll").map(\.dueAt) == [poll.endsAt])
        }
    }

    @Test("Votes in a burst are told once, to those who voted and to the followers")
    func tells() async throws {
        try await withPoll { bench, post in
            let (ben, eve) = (try await bench.known(bench.ben), try await bench.known(bench.eve))
            try await bench.home.follow(bench.ann, by: eve)
            try await vote(0, post, by: ben, bench)
            try await vote(1, post, by: bench.max, bench)
            #expect(try await bench.home.jobs("poll").count == 2)
            #expect(try await bench.mail(for: bench.ben).isEmpty)
            try await wait(bench, isOver: false)
            for peer in [bench.ben, bench.eve] {
                let update = try #require(try await bench.mail(for: peer).last)
                #expect(update.type == "Update")
                #expect(update["object"]?["oneOf"].list.map { $0["replies"]?["totalItems"]?.int } == [1, 1])
                #expect(update["object"]?["votersCount"] == 2)
                #expect(update["object"]?["closed"] == nil)
                // Elsewhere it would count as an edit.
                #expect(update["object"]?["updated"] == nil)
                #expect(try JSONSchema().errors(in: update, as: "post/update") == [])
            }
            #expect(try await bench.notified(bench.ann) == [])
            #expect(try await bench.home.jobs("poll").count == 1)
        }
    }

    @Test("At its end a poll closes once; author and voters are told, and others see that it is closed")
    func closes() async throws {
        try await withPoll { bench, post in
            let ben = try await bench.known(bench.ben)
            try await vote(0, post, by: ben, bench)
            try await vote(1, post, by: bench.max, bench)
            try await wait(bench, isOver: true)
            let poll = try #require(try await bench.home.database.storedPost(post.id)?.content.poll)
            #expect(poll.closedAt == poll.endsAt)
            #expect(try await bench.notified(bench.ann) == ["poll"])
            #expect(try await bench.notified(bench.max) == ["poll"])
            let update = try #require(try await bench.mail(for: bench.ben).last)
            #expect(update["object"]?["closed"]?.string != nil)
            #expect(try JSONSchema().errors(in: update, as: "post/update") == [])
            #expect(try await bench.home.jobs("poll").isEmpty)
            #expect(try await bench.work() == 0)
        }
    }

    @Test("Whoever voted in a poll elsewhere is told of its end once, by the clock as well as by its server",
        arguments: [true, false])
    func closesElsewhere(isToldByServer: Bool) async throws {
        try await withFederation { federation in
            let bench = try await SocialBench(federation)
            let ben = try await bench.known(bench.ben)
            let poll = Poll(
                options: ["A", "B"].map { Poll.Option(title: $0) }, isMultiple: false,
                endsAt: Date.thisSecond.addingTimeInterval(600))
            let post = try await bench.home.post(by: ben, poll: poll)
            try await vote(0, post, by: bench.ann, bench)
            if isToldByServer {
                let before = try #require(try await bench.home.database.storedPost(post.id))
                var content = before.content
                content.poll?.closedAt = .thisSecond
                try await bench.home.database.transaction { [content] in
                    try await bench.desks.posts.retake(before, content, by: ben, editedAt: nil, in: $0)
                }
                #expect(try await bench.notified(bench.ann) == ["poll"])
            }
            try await wait(bench, isOver: true)
            #expect(try await bench.notified(bench.ann) == ["poll"])
            #expect(try await bench.notified(bench.max) == [])
            #expect(try await bench.home.database.storedPost(post.id)?.content.poll?.closedAt != nil)
            #expect(try await bench.mail(for: bench.ben).map(\.type) == ["Create"], "the vote, and nothing of the end")
        }
    }

    @Test("A poll closes at its end even if this machine's clock is behind the database's")
    func clockBehind() async throws {
        try await withFederation { federation in
            let bench = try await SocialBench(federation)
            var draft = PostDraft("Which?")
            draft.poll = .init(options: ["A", "B"], seconds: 600)
            let post = try await federation.publish(draft, by: bench.ann)
            try await bench.home.database.execute("update jobs set due_at = now() where kind = 'poll'")
            try await bench.work()
            #expect(
                try await bench.home.database.storedPost(post.id)?.content.poll?.closedAt == post.content.poll?.endsAt)
        }
    }

    @Test("A poll that an edit puts anew ends at its new end; so does one that an edit adds", arguments: [true, false])
    func edited(hadPoll: Bool) async throws {
        try await withFederation { federation in
            let bench = try await SocialBench(federation)
            var draft = PostDraft("Which?")
            if hadPoll { draft.poll = .init(options: ["A", "B"], seconds: 600) }
            let post = try await federation.publish(draft, by: bench.ann)
            draft.poll = .init(options: ["C", "D"], seconds: 1200)
            let later = post.publishedAt.addingTimeInterval(60)
            let edited = try await bench.home.database.transaction { [draft] in
                try await bench.desks.posts.edit(
                    post.id, draft, by: bench.ann, mentioned: Mentioned(), now: later, in: $0)
            }
            let end = try #require(edited.content.poll?.endsAt)
            #expect(end == later.addingTimeInterval(1200))
            #expect(try await bench.home.jobs("poll").map(\.dueAt).contains(end))
            // The timer of the former poll comes first, and ends nothing.
            try await bench.home.database.execute(
                "update jobs set due_at = now() where kind = 'poll' and due_at < \(end)")
            try await bench.work()
            #expect(try await bench.home.database.storedPost(post.id)?.content.poll?.closedAt == nil)
            try await bench.home.database.execute("update jobs set due_at = now() where kind = 'poll'")
            try await bench.work()
            #expect(try await bench.home.database.storedPost(post.id)?.content.poll?.closedAt == end)
        }
    }

    @Test("The timer of a post that is deleted finds nothing to do")
    func deleted() async throws {
        try await withPoll { bench, post in
            try await bench.home.database.transaction {
                try await bench.desks.posts.delete(post.id, by: bench.ann, in: $0)
            }
            try await wait(bench, isOver: true)
            #expect(try await bench.home.jobs("poll").isEmpty)
            #expect(try await bench.notified(bench.ann) == [])
        }
    }
}
