import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import UseCases
import Wire

/// Follows and blocks among people of this community, and what they are told.
struct RelationDeskTests {
    struct Pair {
        let home: TestCommunity
        let ann: Actor
        let ben: Actor
        let desk: RelationDesk

        init(_ home: TestCommunity) async throws {
            self.home = home
            (ann, ben) = (try await home.person("ann").actor, try await home.person("ben").actor)
            desk = RelationDesk(community: home.community, consequences: [NotifyAboutRelations()])
        }

        func act(_ body: (RelationDesk, Transaction) async throws -> Void) async throws {
            try await home.database.transaction { try await body(desk, $0) }
        }

        func state() async throws -> Follow.State? { try await home.database.follow(by: ann.id, of: ben.id)?.state }

        func told(_ person: Actor) async throws -> [String] {
            try await home.database.allNotifications(for: person.id, limit: 100).map(\.kind)
        }
    }

    private func withPair(poolSize: Int = 4, _ body: (Pair) async throws -> Void) async throws {
        try await withCommunity(poolSize: poolSize) { try await body(try await Pair($0)) }
    }

    @Test("Open people are followed at once, and told once")
    func open() async throws {
        try await withPair { pair in
            for _ in 0..<2 { try await pair.act { try await $0.follow(pair.ben, by: pair.ann, in: $1) } }
            #expect(try await pair.state() == .accepted)
            #expect(try await pair.told(pair.ben) == ["follow"])
            try await pair.act { try await $0.unfollow(pair.ben, by: pair.ann, in: $1) }
            #expect(try await pair.state() == nil)
            #expect(try await pair.told(pair.ben) == [])
        }
    }

    @Test("Locked people decide; the request becomes a follow, or nothing", arguments: [true, false])
    func locked(isAccepted: Bool) async throws {
        try await withPair { pair in
            try await pair.home.database.update(
                pair.ben.id, name: "", summary: "", isLocked: true, isDiscoverable: false)
            let ben = try await pair.ben.reread(in: pair.home)
            try await pair.act { try await $0.follow(ben, by: pair.ann, in: $1) }
            #expect(try await pair.state() == .pending)
            #expect(try await pair.told(ben) == ["follow_request"])
            try await pair.act { desk, transaction in
                let wasAsked =
                    isAccepted
                    ? try await desk.accept(pair.ann, by: ben, in: transaction)
                    : try await desk.reject(pair.ann, by: ben, in: transaction)
                #expect(wasAsked)
            }
            #expect(try await pair.state() == (isAccepted ? .accepted : nil))
            #expect(try await pair.told(ben) == (isAccepted ? ["follow"] : []))
        }
    }

    @Test("An answer to what nobody asked is none, and one to another activity neither")
    func answersToNothing() async throws {
        try await withPair { pair in
            let asked = try await pair.home.follow(pair.ben, by: pair.ann, .pending)
            let other = pair.home.community.addresses.instanceActor
            try await pair.act { desk, transaction in
                let answers = [
                    try await desk.accept(pair.ben, by: pair.ann, in: transaction),
                    try await desk.reject(pair.ben, by: pair.ann, in: transaction),
                    try await desk.accept(pair.ann, by: pair.ben, activity: other, in: transaction),
                    try await desk.reject(pair.ann, by: pair.ben, activity: other, in: transaction),
                    try await desk.accept(pair.ann, by: pair.ben, activity: asked.uri, in: transaction),
                ]
                #expect(answers == [false, false, false, false, true])
            }
            #expect(try await pair.state() == .accepted)
        }
    }

    @Test("Nobody follows or blocks themself, or follows whom they block, who blocks them, or who left")
    func refused() async throws {
        try await withPair { pair in
            func refuses(_ followed: Actor, by follower: Actor) async {
                await #expect(throws: RelationDesk.Refusal.notAllowed, "\(followed.handle)") {
                    try await pair.act { try await $0.follow(followed, by: follower, in: $1) }
                }
            }
            await refuses(pair.ann, by: pair.ann)
            await #expect(throws: RelationDesk.Refusal.notAllowed) {
                try await pair.act { try await $0.block(pair.ann, by: pair.ann, in: $1) }
            }
            try await pair.act { try await $0.block(pair.ben, by: pair.ann, in: $1) }
            await refuses(pair.ben, by: pair.ann)
            await refuses(pair.ann, by: pair.ben)
            await refuses(try await pair.home.instanceActor(), by: pair.ann)
            let gone = try await pair.home.neighbour("gone")
            try await pair.home.end(gone)
            await refuses(try await gone.reread(in: pair.home), by: pair.ann)
            #expect(try await pair.home.count(.follows) == 0)
        }
    }

    @Test("A block ends both directions at once and tells nobody; its end restores nothing")
    func block() async throws {
        try await withPair { pair in
            try await pair.act { try await $0.follow(pair.ben, by: pair.ann, in: $1) }
            try await pair.act { try await $0.follow(pair.ann, by: pair.ben, in: $1) }
            try await pair.act { try await $0.block(pair.ben, by: pair.ann, in: $1) }
            #expect(try await pair.home.count(.follows) == 0)
            #expect(try await pair.told(pair.ann) == [])
            #expect(try await pair.told(pair.ben) == [])
            let relation = try await pair.home.database.relation(of: pair.ben.id, to: pair.ann.id)
            #expect(relation == Relation(isBlockedBy: true))
            try await pair.act { try await $0.unblock(pair.ben, by: pair.ann, in: $1) }
            #expect(try await pair.home.count(.blocks) == 0)
            #expect(try await pair.home.count(.follows) == 0)
        }
    }

    @Test("Who mutes a domain is tied to nobody there any more, and to all others as before")
    func domainMute() async throws {
        try await withPair { pair in
            let (far, near) = (try await pair.home.neighbour("far"), try await pair.home.neighbour("near", at: "c.example"))
            for other in [far, near, pair.ben] {
                try await pair.home.follow(other, by: pair.ann)
                try await pair.home.follow(pair.ann, by: other)
            }
            let asked = try await pair.home.neighbour("asked")
            try await pair.home.follow(asked, by: pair.ann, .pending)
            for _ in 0..<2 { try await pair.act { try await $0.mute(domain: "b.example", by: pair.ann, in: $1) } }
            let muted = try await pair.home.database.mutedDomains(by: pair.ann.id, Page(limit: 10)).map(\.domain)
            #expect(muted == ["b.example"])
            for (other, follows) in [(far, false), (asked, false), (near, true), (pair.ben, true)] {
                let relation = try await pair.home.database.relation(of: pair.ann.id, to: other.id)
                #expect(relation.follows == (follows ? .accepted : nil), "\(other.handle)")
                #expect(relation.isFollowedBy == (follows ? .accepted : nil), "\(other.handle)")
            }
        }
    }

    @Test("Nobody mutes the community that they are in")
    func ownDomain() async throws {
        try await withPair { pair in
            try await pair.home.follow(pair.ben, by: pair.ann)
            await #expect(throws: FieldError.self) {
                try await pair.act { try await $0.mute(domain: pair.home.community.domain, by: pair.ann, in: $1) }
            }
            #expect(try await pair.state() == .accepted)
        }
    }

    // MARK: At the same time (J05)

    @Test("Fifty follows and unfollows at once leave one state, of which the person is told and of nothing else")
    func parallel() async throws {
        try await withPair(poolSize: 8) { pair in
            for _ in 0..<4 {
                try await withThrowingTaskGroup { group in
                    for index in 0..<50 {
                        group.addTask {
                            try await pair.act { desk, transaction in
                                if index.isMultiple(of: 2) {
                                    try await desk.follow(pair.ben, by: pair.ann, in: transaction)
                                } else {
                                    try await desk.unfollow(pair.ben, by: pair.ann, in: transaction)
                                }
                            }
                        }
                    }
                    try await group.waitForAll()
                }
                let isFollowing = try await pair.state() == .accepted
                #expect(try await pair.home.count(.follows) == (isFollowing ? 1 : 0))
                #expect(try await pair.told(pair.ben) == (isFollowing ? ["follow"] : []))
            }
            try await pair.act { try await $0.follow(pair.ben, by: pair.ann, in: $1) }
            #expect(try await pair.home.count(.follows) == 1)
            #expect(try await pair.told(pair.ben) == ["follow"])
        }
    }

    @Test("A block at the same moment as follows leaves no follow")
    func blockAndFollow() async throws {
        try await withPair(poolSize: 8) { pair in
            for _ in 0..<10 {
                try await withThrowingTaskGroup { group in
                    for index in 0..<8 {
                        group.addTask {
                            do {
                                try await pair.act { desk, transaction in
                                    if index == 4 {
                                        try await desk.block(pair.ann, by: pair.ben, in: transaction)
                                    } else {
                                        try await desk.follow(pair.ben, by: pair.ann, in: transaction)
                                    }
                                }
                            } catch RelationDesk.Refusal.notAllowed {}
                        }
                    }
                    try await group.waitForAll()
                }
                #expect(try await pair.home.count(.follows) == 0)
                #expect(try await pair.home.count(.blocks) == 1)
                #expect(try await pair.told(pair.ben) == [])
                try await pair.act { try await $0.unblock(pair.ann, by: pair.ben, in: $1) }
            }
        }
    }
}
