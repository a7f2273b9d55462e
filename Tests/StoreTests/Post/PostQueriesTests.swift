import Foundation
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import Wire

struct PostQueriesTests {
    private func content(_ mentioned: Actor, _ other: Actor) throws -> Post.Content {
        Post.Content(
            kind: .event, visibility: .unlisted, title: "Meeting", html: "<p>é &amp; \u{1F9D1}</p>", source: "é & x",
            warning: "Careful", isSensitive: true, language: "pt-BR", url: try uri("https://b.example/@ben/1"),
            replyTo: try uri("https://c.example/1"),
            addressees: [
                Post.Addressee(mentioned.id, isMentioned: true), Post.Addressee(other.id, isMentioned: false),
            ],
            tags: ["a", "größe"],
            attachments: [
                Attachment(
                    url: try uri("https://b.example/1.png"), mediaType: "image/png", description: "A \"cat\"",
                    blurhash: "U", width: 20, height: 10, focus: .init(x: 0.25, y: -1)),
                Attachment(url: try uri("https://b.example/2"), mediaType: nil),
            ],
            emojis: [CustomEmoji(name: "blob", url: try uri("https://b.example/blob.png"))],
            poll: Poll(
                options: [Poll.Option(title: "A", votes: 2), Poll.Option(title: "B")], isMultiple: true,
                endsAt: .hence(days: 1), closedAt: .thisSecond, voters: 2),
            event: EventDetails(
                start: .hence(days: 2), end: .hence(days: 3), zone: try zone("Europe/Berlin"), place: "Library",
                link: try uri("https://meet.example/1")))
    }

    @Test("A post is read as it was written, whole")
    func keeps() async throws {
        try await withCommunity { home in
            let (ben, ann) = (try await home.neighbour("ben"), try await home.person("ann").actor)
            let content = try content(ann, ben)
            let address = try uri("https://b.example/1")
            let post = try #require(
                try await home.database.insertPost(
                    address, by: ben.id, content: content, publishedAt: .thisSecond, isRemote: true))
            #expect(post.content == content)
            #expect(post.uri == address && post.author == ben.id && post.thread == post.id && post.replyTo == nil)
            #expect(try await home.database.storedPost(address) == post)
            #expect(
                try await home.database.insertPost(
                    address, by: ann.id, content: content, publishedAt: .thisSecond, isRemote: false) == nil)
        }
    }

    @Test("A post that is written anew has nothing left of what it was")
    func replaces() async throws {
        try await withCommunity { home in
            let (ben, ann) = (try await home.neighbour("ben"), try await home.person("ann").actor)
            let post = try #require(
                try await home.database.insertPost(
                    try uri("https://b.example/1"), by: ben.id, content: try content(ann, ben),
                    publishedAt: .thisSecond,
                    isRemote: true))
            var bare = Post.Content(visibility: .unlisted, html: "<p>x</p>")
            bare.replyTo = post.content.replyTo
            try await home.database.transaction {
                try await $0.updatePost(post, content: bare, editedAt: .thisSecond, isRemote: true)
            }
            let after = try #require(try await home.database.storedPost(post.id))
            #expect(after.content == bare)
            #expect(after.editedAt != nil && after.publishedAt == post.publishedAt)
        }
    }

    @Test("A vote counts until the poll's own server tells more; new numbers keep who voted, other options begin anew")
    func polls() async throws {
        try await withCommunity { home in
            let (ben, ann) = (try await home.neighbour("ben"), try await home.person("ann").actor)
            func poll(_ titles: [String], _ votes: Int) -> Poll {
                Poll(
                    options: titles.map { Poll.Option(title: $0, votes: votes) }, isMultiple: false, endsAt: nil,
                    voters: votes)
            }
            let post = try await home.post(by: ben, poll: poll(["A", "B"], 0))
            try await home.database.insertVotes([1], by: ann.id, in: post.id, uri: nil)
            var counted = poll(["A", "B"], 0)
            counted.options[1].votes = 1
            counted.voters = 1
            #expect(try await home.database.storedPost(post.id)?.content.poll == counted)
            for (titles, votes, left) in [(["A", "B"], 7, Set([1])), (["B", "A"], 3, [])] {
                let before = try #require(try await home.database.storedPost(post.id))
                var content = before.content
                content.poll = poll(titles, votes)
                try await home.database.transaction { [content] in
                    try await $0.updatePost(before, content: content, editedAt: nil, isRemote: true)
                }
                #expect(try await home.database.storedPost(post.id)?.content.poll == poll(titles, votes))
                #expect(try await home.database.choices(of: ann.id, in: post.id) == left)
            }
        }
    }

    @Test("Who holds a copy: who likes, passes on, votes, answers or is named, elsewhere and not gone")
    func holders() async throws {
        try await withCommunity { home in
            let ann = try await home.person("ann").actor
            let names = ["likes", "boosts", "votes", "answers", "named", "gone", "none"]
            var people: [String: Actor] = [:]
            for name in names { people[name] = try await home.neighbour(name) }
            func actor(_ name: String) throws -> Actor {
                guard let actor = people[name] else { throw UnreadableSample(text: name) }
                return actor
            }
            let poll = Poll(
                options: [Poll.Option(title: "A"), Poll.Option(title: "B")], isMultiple: false, endsAt: nil)
            let post = try await home.post(by: ann, to: [try actor("named"), ann], poll: poll)
            for name in ["likes", "gone"] {
                _ = try await home.database.insertLike(post.uri, by: try actor(name).id, of: post.id)
            }
            _ = try await home.database.insertBoost(
                try uri("https://b.example/1"), by: try actor("boosts").id, of: post.id, visibility: .public)
            try await home.database.insertVotes([0], by: try actor("votes").id, in: post.id, uri: nil)
            _ = try await home.post(by: try actor("answers"), answering: post.uri)
            try await home.end(try actor("gone"))
            let holders = try await home.database.remoteHolders(of: post.id)
            #expect(Set(holders.map(\.handle.name)) == ["likes", "boosts", "votes", "answers", "named"])
        }
    }
}
