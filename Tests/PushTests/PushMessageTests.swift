import Foundation
import JSONTree
import Keys
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import Wire

@testable import Push

struct PushMessageTests {
    /// What noor is told of something that ben, of another server, did with a post.
    private func message(
        _ home: TestCommunity, _ kind: ClientNotificationKind, _ content: Post.Content?, name: String = "Ben"
    ) async throws -> PushMessage {
        let noor = try await home.person("noor").actor.id
        let ben = try await home.neighbour(name).id
        var post: Post?
        if let content {
            let inserted = try await home.database.insertPost(
                try uri("https://b.example/1"), by: ben, content: content, publishedAt: Date(), isRemote: true)
            post = try await home.database.storedPost(try #require(inserted).id)
        }
        try await home.database.insertNotification(for: noor, kind: kind.rawValue, from: ben, post: post?.id)
        return PushMessage(
            notification: try #require(try await home.database.allNotifications(for: noor, limit: 1).first), kind: kind,
            recipient: noor, sender: try #require(try await home.database.person(ben)), post: post,
            community: home.community)
    }

    @Test(
        "Each kind has its words",
        arguments: [
            (.mention, "Ben mentioned you"), (.status, "Ben posted something"), (.reblog, "Ben boosted your post"),
            (.favourite, "Ben likes your post"), (.poll, "A poll by Ben has ended"), (.update, "Ben changed a post"),
        ] as [(ClientNotificationKind, String)])
    func titles(kind: ClientNotificationKind, title: String) async throws {
        try await withCommunity { home in
            let message = try await message(home, kind, Post.Content(visibility: .public, html: "<p>a &lt;b&gt;<br>c</p>"))
            #expect(message.title == title && message.body == "a <b> c" && !message.isUrgent)
        }
    }

    @Test("A warning is told instead of what it warns of")
    func warning() async throws {
        try await withCommunity { home in
            let content = Post.Content(visibility: .direct, html: "<p>the end</p>", warning: "Spoiler")
            let message = try await message(home, .mention, content)
            #expect(message.body == "Spoiler" && message.title == "Ben wrote to you" && message.isUrgent)
        }
    }

    @Test("The longest of everything fits into a message")
    func longest() async throws {
        try await withCommunity { home in
            let text = String(repeating: "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}\"", count: 1000)
            let message = try await message(home, .mention, Post.Content(visibility: .public, html: text))
            let json = message.json(token: SecureRandom.token()).serialized()
            #expect(message.body.unicodeScalars.count <= 140)
            #expect(json.count < PushEncryption.longestMessage / 2)
        }
    }
}
