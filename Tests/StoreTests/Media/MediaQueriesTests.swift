import Foundation
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import Wire

struct MediaQueriesTests {
    @Test("A picture is read as it was written, its bytes by their address alone")
    func keeps() async throws {
        try await withCommunity { home in
            let ann = try await home.person("ann").actor
            let said = MediaChange(description: "A \"cat\" \u{1F408}", focus: .init(x: 0.25, y: -1))
            let media = try await home.picture(of: ann, said)
            #expect(try await home.database.media(media.id, of: ann.id) == media)
            #expect((media.size, media.preview) == (Media.Size(width: 60, height: 40), Media.Size(width: 30, height: 20)))
            #expect(media.description == said.description && media.focus == said.focus && media.post == nil)
            let original = MediaFile(media.key, .original, .jpeg)
            #expect(try await home.database.bytes(of: original) == [0xff, 0xd8, 0x00, 0x5c, 0x27])
            #expect(try await home.database.bytes(of: MediaFile(media.key, .preview, .jpeg)) == [0xff, 0xd8])
            #expect(try await home.database.hasFile(original))
            for other in [MediaFile(media.key, .original, .webp), MediaFile(UUID(), .original, .jpeg)] {
                #expect(try await home.database.bytes(of: other) == nil)
                #expect(try await !home.database.hasFile(other))
            }
            let avatar = try await home.picture(of: ann, for: .avatar)
            #expect(try await !home.database.hasFile(MediaFile(avatar.key, .preview, .jpeg)))
        }
    }

    @Test("What is said of a picture changes by what is given; empty is none")
    func changes() async throws {
        try await withCommunity { home in
            let (ann, ben) = (try await home.person("ann").actor, try await home.person("ben").actor)
            let media = try await home.picture(of: ann)
            func change(_ change: MediaChange) async throws -> Media? {
                try await home.database.updateWaiting(media.id, change, of: ann.id)
            }
            #expect(try await change(MediaChange(description: "a"))?.description == "a")
            let focused = try await change(MediaChange(focus: .init(x: 1, y: 0)))
            #expect(focused?.description == "a" && focused?.focus == .init(x: 1, y: 0))
            #expect(try await change(MediaChange(description: ""))?.description == nil)
            #expect(try await home.database.updateWaiting(media.id, MediaChange(description: "b"), of: ben.id) == nil)
            let post = try await home.post(by: ann)
            try await home.database.attachMedia([media.id], to: post.id)
            #expect(try await change(MediaChange(description: "late")) == nil)
            #expect(try await home.database.deleteWaitingMedia(media.id, of: ann.id) == false)
        }
    }

    @Test("Only waiting pictures of the owner, and those of the post itself, can be taken for it")
    func locks() async throws {
        try await withCommunity { home in
            let (ann, ben) = (try await home.person("ann").actor, try await home.person("ben").actor)
            let (post, other) = (try await home.post(by: ann), try await home.post(by: ann))
            let (waiting, own, taken) = (
                try await home.picture(of: ann), try await home.picture(of: ann), try await home.picture(of: ann)
            )
            let (foreign, avatar) = (try await home.picture(of: ben), try await home.picture(of: ann, for: .avatar))
            try await home.database.attachMedia([own.id], to: post.id)
            try await home.database.attachMedia([taken.id], to: other.id)
            let found = try await home.database.transaction {
                try await $0.lockMedia([waiting, own, taken, foreign, avatar].map(\.id), of: ann.id, for: post.id)
            }
            #expect(Set(found.keys) == [waiting.id, own.id])
        }
    }

    @Test("With a post its pictures go; those that were released stay, at another address")
    func releases() async throws {
        try await withCommunity { home in
            let ann = try await home.person("ann").actor
            let post = try await home.post(by: ann)
            let (released, left) = (try await home.picture(of: ann), try await home.picture(of: ann))
            try await home.database.attachMedia([released.id, left.id], to: post.id)
            let now = try await home.database.releaseMedia([released.id], of: post.id)[released.id]
            #expect(now?.post == nil && now?.key != released.key)
            try await home.database.transaction { try await $0.deletePost(post, isOurs: true) }
            #expect(try await home.database.media(left.id, of: ann.id) == nil)
            #expect(try await home.database.media(released.id, of: ann.id) == now)
            #expect(try await !home.database.hasFile(MediaFile(released.key, .original, .jpeg)))
        }
    }

    @Test("What waits for a post is forgotten after a day, unless the post itself waits; and nothing else is")
    func forgets() async throws {
        try await withCommunity { home in
            let ann = try await home.person("ann").actor
            let (old, posted, avatar) = (
                try await home.picture(of: ann), try await home.picture(of: ann),
                try await home.picture(of: ann, for: .avatar)
            )
            try await home.database.attachMedia([posted.id], to: try await home.post(by: ann).id)
            let scheduled = try await home.picture(of: ann)
            var draft = PostDraft("Later")
            draft.media = [scheduled.id]
            _ = try await home.database.insertScheduledPost(draft, by: ann.id, at: .hence(days: 9))
            _ = try await home.database.execute("update media set waiting_since = now() - interval '25 hours'")
            let new = try await home.picture(of: ann)
            try await home.database.forgetWaitingMedia()
            for (media, isLeft) in [(old, false), (posted, true), (avatar, true), (scheduled, true), (new, true)] {
                #expect(try await home.database.hasFile(MediaFile(media.key, .original, .jpeg)) == isLeft)
            }
        }
    }

    @Test("With an account all of its pictures go")
    func erases() async throws {
        try await withCommunity { home in
            let ann = try await home.person("ann").actor
            _ = try await home.picture(of: ann)
            _ = try await home.picture(of: ann, for: .header)
            try await home.database.transaction { try await $0.eraseAccount(ann.id) }
            #expect(try await home.count(.media) == 0)
        }
    }
}
