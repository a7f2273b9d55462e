import PostgreSQL
import Social
import Store
import Synchronization
import TestSupport
import Testing
import UseCases
import Wire

/// Posts of people of this community.
struct PostDeskTests {
    @Test("What is published is kept as it was typed and as it is shown")
    func publishes() async throws {
        try await withPostDesk([NotifyAboutPosts()]) { home, ann, desk in
            var draft = PostDraft("Hello <b> #Swift\nhttps://a.example")
            draft.warning = "Careful"
            draft.visibility = .unlisted
            let post = try await desk.publish(draft, by: ann, in: home)
            #expect(post.content.source == draft.text)
            #expect(post.content.html.contains("Hello &lt;b&gt;"))
            #expect(post.content.tags == ["swift"])
            #expect(post.content.isSensitive)
            #expect(post.visibility == .unlisted)
            #expect(home.community.addresses.place(of: post.uri) != nil)
            #expect(try await home.database.post(post.uri, for: .nobody) == post)
        }
    }

    @Test("A wrong draft is not published, and everything wrong is named")
    func wrong() async throws {
        try await withPostDesk([NotifyAboutPosts()]) { home, ann, desk in
            var draft = PostDraft("")
            draft.language = "?"
            do {
                _ = try await desk.publish(draft, by: ann, in: home)
                Issue.record("published")
            } catch let error as InvalidFields {
                #expect(error.errors.map(\.field) == ["text", "language"])
            }
            #expect(try await home.count(.posts) == 0)
        }
    }

    @Test("An edit keeps visibility, thread and votes; other answers make another poll")
    func edits() async throws {
        try await withPostDesk([NotifyAboutPosts()]) { home, ann, desk in
            let parent = try await home.post(by: ann)
            var draft = PostDraft("Which?")
            draft.visibility = .followers
            draft.replyTo = parent.id
            draft.poll = .init(options: ["A", "B"], seconds: 600)
            let post = try await desk.publish(draft, by: ann, in: home)
            let ben = try await home.neighbour("ben")
            try await home.database.insertVotes([1], by: ben.id, in: post.id, uri: nil)
            draft.text = "Which one?"
            draft.visibility = .public
            draft.replyTo = nil
            let edited = try await desk.edit(post, draft, by: ann, in: home)
            #expect(edited.content.source == "Which one?")
            #expect(edited.visibility == .followers)
            #expect(edited.replyTo == parent.id && edited.thread == parent.id)
            #expect(edited.editedAt != nil)
            #expect(edited.content.poll?.options.map(\.votes) == [0, 1])
            #expect(edited.content.poll?.endsAt == post.content.poll?.endsAt)
            draft.poll = .init(options: ["A", "C"], seconds: 600)
            let other = try await desk.edit(post, draft, by: ann, in: home)
            #expect(other.content.poll?.options.map(\.votes) == [0, 0])
            #expect(other.content.poll?.voters == 0)
            #expect(try await home.count(.pollVotes) == 0)
        }
    }

    @Test("A deleted post is gone with all that is about it, and its address is remembered")
    func deletes() async throws {
        try await withPostDesk([NotifyAboutPosts()]) { home, ann, desk in
            let ben = try await home.person("ben").actor
            let post = try await home.post(by: ann)
            let answer = try await home.post(by: ben, answering: post.uri)
            _ = try await home.database.insertLike(post.uri, by: ben.id, of: post.id)
            try await home.database.insertNotification(for: ann.id, kind: "favourite", from: ben.id, post: post.id)
            try await home.database.transaction { try await desk.delete(post.id, by: ann, in: $0) }
            #expect(try await home.count(.likes) == 0)
            #expect(try await home.count(.notifications) == 0)
            #expect(try #require(try await home.database.storedPost(answer.id)).replyTo == nil)
            let tombstone = try #require(try await home.database.tombstone(post.uri))
            #expect(tombstone.formerType == "Note")
            await #expect(throws: PostRefusal.notFound) {
                try await home.database.transaction { try await desk.delete(post.id, by: ann, in: $0) }
            }
        }
    }

    @Test("Our own deletions are never forgotten, others' when what they withdrew cannot come any more")
    func forgets() async throws {
        try await withPostDesk([NotifyAboutPosts()]) { home, ann, desk in
            let post = try await home.post(by: ann)
            try await home.database.transaction { try await desk.delete(post.id, by: ann, in: $0) }
            let (note, event) = (try uri("https://b.example/1"), try uri("https://b.example/2"))
            try await home.database.insertTombstone(note, formerType: "Note")
            try await home.database.insertTombstone(event)
            for (days, left) in [(6, [true, true, true]), (8, [true, false, true]), (91, [true, false, false])] {
                try await home.database.execute(
                    "update tombstones set created_at = now() - make_interval(days => \(days))")
                try await home.database.forgetOldReceipts()
                var found: [Bool] = []
                for uri in [post.uri, note, event] { found.append(try await home.database.isTombstone(uri)) }
                #expect(found == left, "after \(days) days")
            }
        }
    }

    @Test("An answer and what it answers that are written at the same moment find each other")
    func sameMoment() async throws {
        try await withPostDesk([NotifyAboutPosts()]) { home, ann, desk in
            let (root, leaf) = (try uri("https://b.example/root"), try uri("https://b.example/leaf"))
            let ben = try await home.neighbour("ben")
            let take: @Sendable (URI, URI?, Transaction) async throws -> Void = { address, parent, transaction in
                let content = Post.Content(visibility: .public, html: "<p>x</p>", replyTo: parent)
                _ = try await desk.take(address, content, by: ben, publishedAt: .thisSecond, in: transaction)
            }
            let (begin, begun) = AsyncStream<Void>.makeStream()
            let other = Other()
            async let parent: Void = {
                for await _ in begin { break }
                try await home.database.transaction { try await take(root, nil, $0) }
                other.isDone.withLock { $0 = true }
            }()
            try await home.database.transaction { transaction in
                try await take(leaf, root, transaction)
                begun.yield()
                // Until the other one waits for this one, or did not have to.
                while try await !isWaited(for: transaction), !other.isDone.withLock(\.self) { await Task.yield() }
            }
            try await parent
            let (above, below) = (
                try #require(try await home.database.storedPost(root)),
                try #require(try await home.database.storedPost(leaf))
            )
            #expect(below.replyTo == above.id)
            #expect(below.thread == above.id)
        }
    }

    private final class Other: Sendable {
        let isDone = Mutex(false)
    }

    /// Whether somebody waits for a lock on an address.
    private func isWaited(for transaction: Transaction) async throws -> Bool {
        try await transaction.row(
            """
            select from pg_locks join pg_database on pg_database.oid = database
            where locktype = 'advisory' and not granted and datname = current_database() limit 1
            """) != nil
    }
}
