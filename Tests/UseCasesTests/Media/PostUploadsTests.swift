import Foundation
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import UseCases
import Wire

/// Posts of people here with pictures of theirs.
struct PostUploadsTests {
    private func draft(_ text: String, _ media: [Media]?, _ changes: [MediaID: MediaChange] = [:]) -> PostDraft {
        var draft = PostDraft(text)
        draft.media = media?.map(\.id)
        draft.mediaChanges = changes
        return draft
    }

    @Test("A post without words shows pictures in the order that was asked for, changed as was said")
    func publishes() async throws {
        try await withPostDesk { home, ann, desk in
            let (first, second) = (try await home.picture(of: ann), try await home.picture(of: ann))
            let change = MediaChange(description: "A cat", focus: .init(x: 0, y: 1))
            let post = try await desk.publish(draft("", [second, first], [first.id: change]), by: ann, in: home)
            let files = post.content.attachments
            #expect(files.map(\.media) == [second.id, first.id])
            #expect(files[1].description == "A cat" && files[1].focus == change.focus && files[0].description == nil)
            #expect(files[0].url.string == "https://a.example/media/\(second.key.uuidString.lowercased())/original.jpg")
            #expect(files[0].preview?.url.string.hasSuffix("/preview.jpg") == true)
            #expect((files[0].width, files[0].height, files[0].mediaType) == (60, 40, "image/jpeg"))
            #expect(try await home.database.media(first.id, of: ann.id)?.post == post.id)
            #expect(try await home.database.storedPost(post.id)?.content.attachments == files)
        }
    }

    @Test("Others' pictures, those of another post and unknown ones are refused, and nothing is published")
    func refuses() async throws {
        try await withPostDesk { home, ann, desk in
            let own = try await home.picture(of: ann)
            let foreign = try await home.picture(of: try await home.person("ben").actor)
            let avatar = try await home.picture(of: ann, for: .avatar)
            let taken = try await home.picture(of: ann)
            _ = try await desk.publish(draft("taken", [taken]), by: ann, in: home)
            for media in [foreign, avatar, taken] {
                let error = await #expect(throws: InvalidFields.self) {
                    try await desk.publish(draft("no", [own, media]), by: ann, in: home)
                }
                #expect(error?.errors.map(\.field) == ["media_ids"])
            }
            #expect(try await home.count(.posts) == 1)
            #expect(try await home.database.media(own.id, of: ann.id)?.post == nil)
        }
    }

    @Test("An edit names the pictures that stay; what it takes out stays with the post, and may come back")
    func edits() async throws {
        try await withPostDesk { home, ann, desk in
            let (first, second) = (try await home.picture(of: ann), try await home.picture(of: ann))
            let post = try await desk.publish(draft("a", [first]), by: ann, in: home)
            var edited = try await desk.edit(post, draft("b", [second]), by: ann, in: home)
            #expect(edited.content.attachments.map(\.media) == [second.id])
            #expect(try await home.database.media(first.id, of: ann.id)?.post == post.id)
            #expect(try await home.database.versions(of: post.id).first?.attachments == post.content.attachments)
            await #expect(throws: InvalidFields.self) { try await desk.publish(draft("c", [first]), by: ann, in: home) }
            edited = try await desk.edit(edited, draft("", [first, second]), by: ann, in: home)
            #expect(edited.content.attachments.map(\.media) == [first.id, second.id])
            var kept = draft("d", nil)
            kept.attachments = edited.content.attachments
            #expect(try await desk.edit(edited, kept, by: ann, in: home).content.attachments == edited.content.attachments)
        }
    }

    @Test("A deleted post takes its pictures along, or releases those that it showed last")
    func deletes() async throws {
        try await withPostDesk { home, ann, desk in
            let (gone, before, kept) = (
                try await home.picture(of: ann), try await home.picture(of: ann), try await home.picture(of: ann)
            )
            let first = try await desk.publish(draft("a", [gone]), by: ann, in: home)
            try await home.database.transaction { try await desk.delete(first.id, by: ann, in: $0) }
            #expect(try await home.database.media(gone.id, of: ann.id) == nil)
            let second = try await desk.publish(draft("b", [before]), by: ann, in: home)
            _ = try await desk.edit(second, draft("b", [kept]), by: ann, in: home)
            let files = try await home.database.transaction {
                try await desk.delete(second.id, by: ann, uploads: .released, in: $0)
            }
            #expect(try await home.database.media(before.id, of: ann.id) == nil)
            let released = try #require(try await home.database.media(kept.id, of: ann.id))
            #expect(released.key != kept.key)
            #expect(files == [released.attachment(at: home.community.addresses)])
            let again = try await desk.publish(draft("c", [kept]), by: ann, in: home)
            #expect(again.content.attachments == files)
        }
    }

    @Test("Of two posts that want one picture at the same moment one gets it")
    func race() async throws {
        try await withPostDesk { home, ann, desk in
            let picture = try await home.picture(of: ann)
            let published = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<4 {
                    group.addTask { (try? await desk.publish(draft("me", [picture]), by: ann, in: home)) != nil }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(published == 1)
            #expect(try await home.count(.posts) == 1)
        }
    }
}
