import Foundation
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import Wire

/// How answers find together, in whatever order they come.
struct ThreadTests {
    /// A chain of addresses, each of which answers the one before.
    private func chain(_ count: Int) throws -> [URI] {
        try (0..<count).map { try uri("https://b.example/notes/\($0)") }
    }

    private func write(_ index: Int, of chain: [URI], by author: Actor, in home: TestCommunity) async throws -> Post {
        try await home.post(by: author, answering: index == 0 ? nil : chain[index - 1], at: chain[index])
    }

    static let orders: [[Int]] = [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1], [1, 3, 0, 2], [3, 0, 2, 1]]

    @Test("A thread is one, in whatever order its posts come", arguments: orders)
    func anyOrder(order: [Int]) async throws {
        try await withCommunity { home in
            let ann = try await home.neighbour("ann")
            let chain = try chain(4)
            for index in order { _ = try await write(index, of: chain, by: ann, in: home) }
            var posts: [Post] = []
            for address in chain { posts.append(try #require(try await home.database.storedPost(address))) }
            #expect(Set(posts.map(\.thread)).count == 1)
            #expect(posts.map(\.replyTo) == [nil, posts[0].id, posts[1].id, posts[2].id])
            let thread = try await home.database.thread(posts[0].thread, for: .nobody, limit: 10)
            #expect(Set(thread.map(\.id)) == Set(posts.map(\.id)))
            #expect(
                try await home.database.ancestors(of: posts[3].id, for: .nobody).map(\.id)
                    == [posts[2].id, posts[1].id, posts[0].id])
        }
    }

    @Test("An answer stands below what it answers, whatever its server's clock says")
    func numbersAnswersAfterTheirParents() async throws {
        try await withCommunity { home in
            let noor = try await home.person("noor")
            let ann = try await home.neighbour("ann")
            let parent = try await home.post(by: noor.actor)
            for hours in [0, -1, -24 * 400] as [Double] {
                let answer = try #require(
                    try await home.database.insertPost(
                        try uri("https://b.example/early/\(hours)"), by: ann.id,
                        content: Post.Content(visibility: .public, html: "x", replyTo: parent.uri),
                        publishedAt: parent.publishedAt.addingTimeInterval(hours * 3600), isRemote: true))
                #expect(answer.id.rawValue > parent.id.rawValue)
            }
            let alone = try #require(
                try await home.database.insertPost(
                    try uri("https://b.example/old"), by: ann.id, content: Post.Content(visibility: .public, html: "x"),
                    publishedAt: parent.publishedAt.addingTimeInterval(-3600), isRemote: true))
            #expect(alone.id.rawValue < parent.id.rawValue)
        }
    }

    @Test("A late parent takes in all who waited for it, and whoever answered them")
    func adoptsAll() async throws {
        try await withCommunity { home in
            let ann = try await home.neighbour("ann")
            let root = try uri("https://b.example/root")
            var waiting: [Post] = []
            for index in 0..<3 {
                let orphan = try await home.post(by: ann, answering: root, at: try uri("https://b.example/o/\(index)"))
                waiting += [orphan, try await home.post(by: ann, answering: orphan.uri)]
            }
            #expect(Set(waiting.map(\.thread)).count == 3)
            let parent = try await home.post(by: ann, at: root)
            let unrelated = try await home.post(by: ann)
            let thread = try await home.database.thread(parent.id, for: .nobody, limit: 100)
            #expect(Set(thread.map(\.id)) == Set(waiting.map(\.id) + [parent.id]))
            #expect(try await home.database.replies(to: parent.id, for: .nobody, after: nil, limit: 10).count == 3)
            #expect(try #require(try await home.database.storedPost(unrelated.id)).thread == unrelated.id)
        }
    }

    @Test("A late parent that answers something itself leads its orphans into that thread")
    func joinsThreads() async throws {
        try await withCommunity { home in
            let ann = try await home.neighbour("ann")
            let chain = try chain(3)
            let leaf = try await write(2, of: chain, by: ann, in: home)
            let root = try await write(0, of: chain, by: ann, in: home)
            let middle = try await write(1, of: chain, by: ann, in: home)
            #expect(middle.thread == root.id)
            #expect(try #require(try await home.database.storedPost(leaf.id)).thread == root.id)
        }
    }

    @Test("At most 64 posts above are shown, the nearest")
    func boundedAncestors() async throws {
        try await withCommunity { home in
            let ann = try await home.neighbour("ann")
            let chain = try chain(100)
            var posts: [Post] = []
            for index in chain.indices { posts.append(try await write(index, of: chain, by: ann, in: home)) }
            let above = try await home.database.ancestors(of: posts[99].id, for: .nobody)
            #expect(above.map(\.id) == posts[35..<99].reversed().map(\.id))
        }
    }

    @Test("Posts that answer each other in a circle do not hang, and each is shown once", arguments: 1...4)
    func cycles(length: Int) async throws {
        try await withCommunity { home in
            let ann = try await home.neighbour("ann")
            let addresses = try chain(length)
            var posts: [Post] = []
            for index in addresses.indices {
                let answered = addresses[(index + length - 1) % length]
                posts.append(try await home.post(by: ann, answering: answered, at: addresses[index]))
            }
            for post in posts {
                let above = try await home.database.ancestors(of: post.id, for: .nobody).map(\.id)
                #expect(Set(above).count == above.count)
                #expect(Set(above) == Set(posts.map(\.id)).subtracting([post.id]))
            }
            let threads = try await home.database.thread(posts[0].thread, for: .nobody, limit: 10)
            #expect(threads.count == length)
        }
    }

    enum Wish: CaseIterable { case mute, block, domainMute }

    @Test("Whom somebody mutes or blocks is not in the threads that they read, nor found by their words", arguments: Wish.allCases)
    func unwanted(wish: Wish) async throws {
        try await withCommunity { home in
            let noor = try await home.person("noor").actor
            let (hal, kim) = (try await home.neighbour("hal"), try await home.neighbour("kim", at: "c.example"))
            let root = try await home.post(by: hal, .public, "gardens", to: [noor])
            let answer = try await home.post(by: noor, answering: root.uri)
            _ = try await home.post(by: hal, .public, "gardens again", to: [noor], answering: answer.uri)
            let welcome = try await home.post(by: kim, .public, "gardens too", to: [noor], answering: answer.uri)
            switch wish {
            case .mute: try await home.database.saveMute(by: noor.id, of: hal.id, hidesNotifications: false, until: nil)
            case .block: try await home.block(hal, by: noor)
            case .domainMute: try await home.database.insertDomainMute(of: "b.example", by: noor.id)
            }
            for (viewer, wants) in [(Viewer.actor(noor.id), false), (.nobody, true)] {
                let above = try await home.database.ancestors(of: welcome.id, for: viewer)
                #expect(above.map(\.id) == [answer.id] + (wants ? [root.id] : []))
                let below = try await home.database.descendants(of: answer, for: viewer, limit: 10)
                #expect(below.count == (wants ? 2 : 1) && below.last?.id == welcome.id)
            }
            let found = try await home.database.posts(containing: "gardens", by: nil, for: noor.id, limit: 10, offset: 0)
            #expect(found.map(\.id) == [welcome.id])
        }
    }

    @Test("When a post in the middle goes, the answers below it stay, and lead no further up than themselves")
    func deletedMiddle() async throws {
        try await withCommunity { home in
            let ann = try await home.neighbour("ann")
            let chain = try chain(4)
            var posts: [Post] = []
            for index in chain.indices { posts.append(try await write(index, of: chain, by: ann, in: home)) }
            try await home.database.transaction { try await $0.deletePost(posts[1], isOurs: false) }
            let left = try await home.database.thread(posts[0].id, for: .nobody, limit: 10)
            #expect(left.map(\.id) == [posts[0].id, posts[2].id, posts[3].id])
            #expect(try await home.database.ancestors(of: posts[3].id, for: .nobody).map(\.id) == [posts[2].id])
            #expect(try await home.database.isTombstone(chain[1]))
        }
    }
}
