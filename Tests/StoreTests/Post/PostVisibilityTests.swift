import Foundation
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import Wire

/// Who may see which post, through every query that asks for somebody.
struct PostVisibilityTests {
    enum Reader: String, CaseIterable, Sendable {
        case nobody, author, mentioned, follower, pending, blockedFollower, blockedMentioned, stranger
        case serverOfFollower, serverOfMentioned, serverOfPending, serverOfBlocked, otherServer
    }

    enum Author: String, CaseIterable, Sendable {
        case normal, gone, suspended
    }

    /// What the rule promises, written once more from the words: open posts for all, those for followers for accepted
    /// followers and whom they name, direct ones for whom they name; of authors who are gone or suspended nothing, but to
    /// themselves; nothing to whom the author blocks.
    static func maySee(_ visibility: Visibility, _ reader: Reader, of author: Author) -> Bool {
        if reader == .author { return true }
        guard author == .normal else { return false }
        switch reader {
        case .author: return true
        case .blockedFollower, .blockedMentioned: return false
        case .nobody, .stranger, .pending, .serverOfPending, .serverOfBlocked, .otherServer: return visibility.isOpen
        case .follower, .serverOfFollower: return visibility != .direct
        case .mentioned, .serverOfMentioned: return true
        }
    }

    /// An author elsewhere or of ours, with everybody who might read.
    struct Scene {
        let home: TestCommunity
        let author: Actor
        let mentioned: Actor
        let blockedMentioned: Actor
        let viewers: [Reader: Viewer]

        init(_ home: TestCommunity, isLocal: Bool) async throws {
            self.home = home
            author = isLocal ? try await home.person("ann").actor : try await home.neighbour("ann", at: "a1.example")
            mentioned = try await home.neighbour("ben", at: "mentioned.example")
            blockedMentioned = try await home.neighbour("eve", at: "blocked.example")
            let follower = try await home.neighbour("fay", at: "follower.example")
            let pending = try await home.neighbour("pia", at: "pending.example")
            let blockedFollower = try await home.person("bo").actor
            let stranger = try await home.person("zoe").actor
            try await home.follow(author, by: follower)
            try await home.follow(author, by: pending, .pending)
            // As it cannot come about, so that the block alone decides.
            try await home.follow(author, by: blockedFollower)
            try await home.block(blockedFollower, by: author)
            try await home.block(blockedMentioned, by: author)
            viewers = [
                .nobody: .nobody, .author: .actor(author.id), .mentioned: .actor(mentioned.id),
                .follower: .actor(follower.id), .pending: .actor(pending.id),
                .blockedFollower: .actor(blockedFollower.id), .blockedMentioned: .actor(blockedMentioned.id),
                .stranger: .actor(stranger.id), .serverOfFollower: .server(domain: "follower.example"),
                .serverOfMentioned: .server(domain: "mentioned.example"),
                .serverOfPending: .server(domain: "pending.example"),
                .serverOfBlocked: .server(domain: "blocked.example"), .otherServer: .server(domain: "other.example"),
            ]
        }

        func post(_ visibility: Visibility, answering parent: URI? = nil) async throws -> Post {
            try await home.post(by: author, visibility, to: [mentioned, blockedMentioned], answering: parent)
        }

        func become(_ state: Author) async throws {
            switch state {
            case .normal: break
            case .gone: try await home.end(author)
            case .suspended: try await home.suspend(author)
            }
        }
    }

    /// Every way to a post: whether it leads a viewer there.
    private func ways(to post: Post, under root: Post, above leaf: Post, _ viewer: Viewer, on database: Pool)
        async throws -> [(way: String, isSeen: Bool)]
    {
        let byNumber = try await database.post(post.id, for: viewer)
        let byAddress = try await database.post(post.uri, for: viewer)
        let byAuthor = try await database.posts(by: post.author, for: viewer, before: nil, limit: 100)
        let replies = try await database.replies(to: root.id, for: viewer, after: nil, limit: 100)
        let ancestors = try await database.ancestors(of: leaf.id, for: viewer)
        let thread = try await database.thread(root.thread, for: viewer, limit: 100)
        let pinned = try await database.pinnedPosts(of: post.author, for: viewer)
        var ways = [
            ("number", byNumber?.id == post.id), ("address", byAddress?.id == post.id),
            ("author", byAuthor.contains { $0.id == post.id }), ("replies", replies.contains { $0.id == post.id }),
            ("ancestors", ancestors.contains { $0.id == post.id }), ("thread", thread.contains { $0.id == post.id }),
            ("pinned", pinned.contains { $0.id == post.id }),
        ]
        if viewer == .nobody {
            let boosts = try await database.openBoosts(by: root.author, before: nil, limit: 100)
            ways.append(("boosts", boosts.contains { $0.post == post.uri }))
        }
        return ways.map { (way: $0.0, isSeen: $0.1) }
    }

    @Test("What people of a refused domain wrote is shown to nobody, however it came here (B19)")
    func refusedDomain() async throws {
        try await withCommunity { home in
            let scene = try await Scene(home, isLocal: false)
            let post = try await scene.post(.public)
            #expect(try await home.database.post(post.id, for: .nobody) != nil)
            try await home.database.save(
                DomainRule(
                    domain: DomainName(host: "example"), kind: .block, reason: "", author: "test", createdAt: Date()))
            for (reader, viewer) in scene.viewers where reader != .author {
                #expect(try await home.database.post(post.id, for: viewer) == nil, "\(reader)")
            }
        }
    }

    @Test("Every visibility, every reader, every query", arguments: Author.allCases, [true, false])
    func matrix(state: Author, isLocal: Bool) async throws {
        try await withCommunity { home in
            let scene = try await Scene(home, isLocal: isLocal)
            let other = try await home.person("root").actor
            let root = try await home.post(by: other)
            var posts: [(Post, leaf: Post)] = []
            for visibility in Visibility.allCases {
                let post = try await scene.post(visibility, answering: root.uri)
                posts.append((post, try await home.post(by: other, answering: post.uri)))
                _ = try await home.database.insertPin(post.id, by: scene.author.id)
                let address = try uri("\(other.uri)/boosts/\(visibility.rawValue)")
                _ = try await home.database.insertBoost(address, by: other.id, of: post.id, visibility: .public)
            }
            try await scene.become(state)
            for (post, leaf) in posts {
                for (reader, viewer) in scene.viewers {
                    let expected = Self.maySee(post.visibility, reader, of: state)
                    for (way, isSeen) in try await ways(to: post, under: root, above: leaf, viewer, on: home.database) {
                        #expect(isSeen == expected, "\(post.visibility) of \(state), \(reader) by \(way)")
                    }
                }
            }
        }
    }

    @Test(
        "What somebody finds at home is what they may see of whom they follow, and what is for them",
        arguments: Author.allCases)
    func home(state: Author) async throws {
        try await withCommunity { home in
            let author = try await home.neighbour("ann")
            let readers: [(Reader, Actor)] = [
                (.follower, try await home.person("fay").actor), (.pending, try await home.person("pia").actor),
                (.mentioned, try await home.person("mia").actor), (.stranger, try await home.person("zoe").actor),
                (.blockedFollower, try await home.person("bo").actor),
            ]
            try await home.follow(author, by: readers[0].1)
            try await home.follow(author, by: readers[1].1, .pending)
            try await home.follow(author, by: readers[4].1)
            try await home.block(readers[4].1, by: author)
            var posts: [Post] = []
            for visibility in Visibility.allCases {
                posts.append(try await home.post(by: author, visibility, to: [readers[2].1]))
            }
            if state == .gone { try await home.end(author) }
            if state == .suspended { try await home.suspend(author) }
            for (reader, actor) in readers {
                let found = try await home.database.recentPosts(for: actor.id, limit: 100).map(\.id)
                // Strangers find nothing without having asked for it.
                let isClose = reader == .follower || reader == .mentioned
                let expected = posts.filter { isClose && Self.maySee($0.visibility, reader, of: state) }
                #expect(found == expected.map(\.id).reversed(), "\(reader)")
            }
        }
    }

    @Test("Who ended the follow, or was let go, sees what was for followers no longer")
    func endedFollow() async throws {
        try await withCommunity { home in
            let (ann, fay) = (try await home.person("ann").actor, try await home.neighbour("fay"))
            try await home.follow(ann, by: fay)
            let post = try await home.post(by: ann, .followers)
            #expect(try await home.database.post(post.id, for: .server(domain: "b.example")) != nil)
            _ = try await home.database.deleteFollow(by: fay.id, of: ann.id)
            #expect(try await home.database.post(post.id, for: .actor(fay.id)) == nil)
            #expect(try await home.database.post(post.id, for: .server(domain: "b.example")) == nil)
        }
    }

    @Test("To follow back, or to be followed by the author, shows nothing")
    func directionOfFollow() async throws {
        try await withCommunity { home in
            let (ann, fay) = (try await home.person("ann").actor, try await home.person("fay").actor)
            try await home.follow(fay, by: ann)
            let post = try await home.post(by: ann, .followers)
            #expect(try await home.database.post(post.id, for: .actor(fay.id)) == nil)
        }
    }

    @Test("A block of the author by the reader hides nothing from the author's side")
    func blockOfAuthor() async throws {
        try await withCommunity { home in
            let (ann, zoe) = (try await home.person("ann").actor, try await home.person("zoe").actor)
            try await home.block(ann, by: zoe)
            let post = try await home.post(by: ann)
            #expect(try await home.database.post(post.id, for: .actor(zoe.id)) != nil)
        }
    }
}
