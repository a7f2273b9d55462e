import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import UseCases
import Wire

/// What people of one community do with each other's posts.
struct ReactionDeskTests {
    struct Pair {
        let home: TestCommunity
        let ann: Actor
        let ben: Actor
        let desk: ReactionDesk

        init(_ home: TestCommunity) async throws {
            self.home = home
            (ann, ben) = (try await home.person("ann").actor, try await home.person("ben").actor)
            desk = ReactionDesk(community: home.community, consequences: PostConsequences([NotifyAboutPosts()]))
        }

        func act(_ body: (ReactionDesk, Transaction) async throws -> Void) async throws {
            try await home.database.transaction { try await body(desk, $0) }
        }

        func told(_ person: Actor) async throws -> [String] {
            try await home.database.allNotifications(for: person.id, limit: 100).map(\.kind).sorted()
        }
    }

    private func withPair(poolSize: Int = 4, _ body: (Pair) async throws -> Void) async throws {
        try await withCommunity(poolSize: poolSize) { try await body(try await Pair($0)) }
    }

    @Test("A like and a boost count once, are told once, and are taken back with what was told")
    func once() async throws {
        try await withPair { pair in
            let post = try await pair.home.post(by: pair.ann)
            for _ in 0..<2 {
                try await pair.act { desk, transaction in
                    try await desk.like(post.id, by: pair.ben, in: transaction)
                    try await desk.boost(post.id, by: pair.ben, in: transaction)
                }
            }
            #expect(try await pair.home.database.likeCount(of: post.id) == 1)
            #expect(try await pair.home.database.boostCount(of: post.id) == 1)
            #expect(try await pair.told(pair.ann) == ["favourite", "reblog"])
            for _ in 0..<2 {
                try await pair.act { desk, transaction in
                    try await desk.unlike(post.id, by: pair.ben, in: transaction)
                    try await desk.unboost(post.id, by: pair.ben, in: transaction)
                }
            }
            #expect(try await pair.home.count(.likes) == 0)
            #expect(try await pair.home.count(.boosts) == 0)
            #expect(try await pair.told(pair.ann) == [])
        }
    }

    @Test("Nobody is told of what they do themselves")
    func own() async throws {
        try await withPair { pair in
            let post = try await pair.home.post(by: pair.ann)
            try await pair.act { desk, transaction in
                try await desk.like(post.id, by: pair.ann, in: transaction)
                try await desk.boost(post.id, by: pair.ann, in: transaction)
            }
            #expect(try await pair.told(pair.ann) == [])
        }
    }

    @Test("What somebody cannot see they cannot do anything with, and it looks like nothing")
    func unseen() async throws {
        try await withPair { pair in
            let poll = Poll(
                options: [Poll.Option(title: "A"), Poll.Option(title: "B")], isMultiple: false, endsAt: nil)
            let post = try await pair.home.post(by: pair.ann, .followers, poll: poll)
            let deeds: [(ReactionDesk, Transaction) async throws -> Void] = [
                { try await $0.like(post.id, by: pair.ben, in: $1) },
                { try await $0.boost(post.id, by: pair.ben, in: $1) },
                { try await $0.pin(post.id, by: pair.ben, in: $1) },
                { try await $0.vote([0], in: post.id, by: pair.ben, now: .thisSecond, in: $1) },
            ]
            for deed in deeds {
                await #expect(throws: PostRefusal.notFound) { try await pair.act(deed) }
            }
            try await pair.home.follow(pair.ann, by: pair.ben)
            try await pair.act { try await $0.like(post.id, by: pair.ben, in: $1) }
            await #expect(throws: PostRefusal.notAllowed) { try await pair.act(deeds[1]) }
        }
    }

    @Test("People vote once with all their choices; never in their own poll")
    func votes() async throws {
        try await withPair { pair in
            let poll = Poll(options: ["A", "B", "C"].map { Poll.Option(title: $0) }, isMultiple: true, endsAt: nil)
            let post = try await pair.home.post(by: pair.ann, poll: poll)
            func vote(_ choices: Set<Int>, by actor: Actor) async throws {
                try await pair.act { try await $0.vote(choices, in: post.id, by: actor, now: .thisSecond, in: $1) }
            }
            await #expect(throws: PostRefusal.vote(.ownPoll)) { try await vote([0], by: pair.ann) }
            try await vote([0, 2], by: pair.ben)
            await #expect(throws: PostRefusal.vote(.alreadyVoted)) { try await vote([1], by: pair.ben) }
            let counted = try #require(try await pair.home.database.storedPost(post.id)?.content.poll)
            #expect(counted.options.map(\.votes) == [1, 0, 1])
            #expect(counted.voters == 1)
            let plain = try await pair.home.post(by: pair.ann)
            await #expect(throws: PostRefusal.notAllowed) {
                try await pair.act { try await $0.vote([0], in: plain.id, by: pair.ben, now: .thisSecond, in: $1) }
            }
        }
    }

    @Test("Five pins at most, the latest first, and only of own posts")
    func pins() async throws {
        try await withPair { pair in
            var posts: [Post] = []
            for _ in 0..<6 { posts.append(try await pair.home.post(by: pair.ann)) }
            for post in posts.prefix(5) { try await pair.act { try await $0.pin(post.id, by: pair.ann, in: $1) } }
            await #expect(throws: PostRefusal.tooManyPins) {
                try await pair.act { try await $0.pin(posts[5].id, by: pair.ann, in: $1) }
            }
            await #expect(throws: PostRefusal.notAllowed) {
                try await pair.act { try await $0.pin(posts[0].id, by: pair.ben, in: $1) }
            }
            let pinned = try await pair.home.database.pinnedPosts(of: pair.ann.id, for: .nobody)
            #expect(pinned.map(\.id) == posts.prefix(5).reversed().map(\.id))
            try await pair.act { try await $0.unpin(posts[0].id, by: pair.ann, in: $1) }
            try await pair.act { try await $0.pin(posts[5].id, by: pair.ann, in: $1) }
            #expect(try await pair.home.count(.pins) == 5)
        }
    }

    @Test("Fifty likes and boosts given and taken back at once leave an exact state (J05)")
    func parallel() async throws {
        try await withPair(poolSize: 8) { pair in
            let post = try await pair.home.post(by: pair.ann)
            try await withThrowingTaskGroup { group in
                for index in 0..<50 {
                    group.addTask {
                        try await pair.act { desk, transaction in
                            switch index % 4 {
                            case 0: try await desk.like(post.id, by: pair.ben, in: transaction)
                            case 1: try await desk.unlike(post.id, by: pair.ben, in: transaction)
                            case 2: try await desk.boost(post.id, by: pair.ben, in: transaction)
                            default: try await desk.unboost(post.id, by: pair.ben, in: transaction)
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            let (likes, boosts) = (
                try await pair.home.database.likeCount(of: post.id),
                try await pair.home.database.boostCount(of: post.id)
            )
            #expect((0...1).contains(likes) && (0...1).contains(boosts))
            let expected = (likes == 1 ? ["favourite"] : []) + (boosts == 1 ? ["reblog"] : [])
            #expect(try await pair.told(pair.ann) == expected)
            try await pair.act { desk, transaction in
                try await desk.like(post.id, by: pair.ben, in: transaction)
                try await desk.boost(post.id, by: pair.ben, in: transaction)
            }
            #expect(try await pair.home.count(.likes) == 1)
            #expect(try await pair.home.count(.boosts) == 1)
            #expect(try await pair.told(pair.ann) == ["favourite", "reblog"])
        }
    }
}
