import Foundation
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import UseCases
import Wire

/// Posts that are to be published later.
struct ScheduledPostsTests {
    private func withPosts(_ body: (TestCommunity, Actor, ScheduledPosts) async throws -> Void) async throws {
        try await withPostDesk { try await body($0, $1, ScheduledPosts(posts: $2)) }
    }

    private func schedule(
        _ draft: PostDraft, by author: Actor, after seconds: Double = 3600, _ posts: ScheduledPosts, _ home: TestCommunity
    ) async throws -> ScheduledPost {
        let now = Date.thisSecond
        return try await home.database.transaction {
            try await posts.schedule(draft, by: author, at: now.addingTimeInterval(seconds), now: now, in: $0)
        }
    }

    @Test("What waits is kept with its uploads as it describes them; nothing is published")
    func waits() async throws {
        try await withPosts { home, ann, posts in
            let picture = try await home.picture(of: ann)
            let parent = try await home.post(by: ann)
            var draft = PostDraft("Later")
            draft.replyTo = parent.id
            draft.media = [picture.id]
            draft.mediaChanges = [picture.id: MediaChange(description: "A tree")]
            let waiting = try await schedule(draft, by: ann, posts, home)
            #expect(waiting.draft.text == "Later" && waiting.draft.replyTo == parent.id)
            #expect(waiting.draft.media == [picture.id])
            #expect(try await home.database.media(picture.id, of: ann.id)?.description == "A tree")
            #expect(try await home.count(.posts) == 1)
            #expect(try await home.jobs(ScheduledPosts.jobKind).map(\.dueAt) == [waiting.dueAt])
        }
    }

    enum Fault: String, CaseIterable {
        case text, parent, anothersUpload, usedUpload
    }

    @Test("A draft that could not be published now cannot wait, nor change anything", arguments: Fault.allCases)
    func wrong(fault: Fault) async throws {
        try await withPosts { home, ann, posts in
            let ben = try await home.person("ben").actor
            let own = try await home.picture(of: ann)
            var draft = PostDraft(fault == .text ? "a\0" : "Later")
            draft.media = [own.id]
            draft.mediaChanges = [own.id: MediaChange(description: "A tree")]
            switch fault {
            case .text: break
            case .parent: draft.replyTo = try await home.post(by: ben, .direct).id
            case .anothersUpload: draft.media = [own.id, try await home.picture(of: ben).id]
            case .usedUpload:
                let other = try await home.post(by: ann)
                let used = try await home.picture(of: ann)
                try await home.database.attachMedia([used.id], to: other.id)
                draft.media = [own.id, used.id]
            }
            let published = try await home.count(.posts)
            do {
                _ = try await schedule(draft, by: ann, posts, home)
                Issue.record("waits")
            } catch let error as InvalidFields {
                let field = [Fault.text: "text", .parent: "reply_to"][fault] ?? "media_ids"
                #expect(error.errors.map(\.field) == [field])
            }
            #expect(try await home.database.scheduledPosts(by: ann.id, Page(limit: 10)).isEmpty)
            #expect(try await home.database.media(own.id, of: ann.id)?.description == nil)
            #expect(try await home.count(.posts) == published)
        }
    }

    @Test("The time lies from five minutes to two years ahead", arguments: [299, 300, 63_244_800, 63_244_801])
    func times(seconds: Int) async throws {
        try await withPosts { home, ann, posts in
            let isFit = (300...63_244_800).contains(seconds)
            do {
                let waiting = try await schedule(PostDraft("Later"), by: ann, after: Double(seconds), posts, home)
                #expect(isFit)
                let moved = try await home.database.transaction {
                    try await posts.move(
                        waiting.id, of: ann.id, to: .hence(days: 3), now: .thisSecond, in: $0)
                }
                #expect(try #require(moved).dueAt > .hence(days: 2))
            } catch let error as FieldError {
                #expect(!isFit && error.field == "scheduled_at")
            }
        }
    }
}
