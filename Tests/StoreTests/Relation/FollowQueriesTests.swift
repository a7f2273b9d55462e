import Social
import Store
import TestSupport
import Testing
import Wire

struct FollowQueriesTests {
    @Test("A follow asked for again keeps what was agreed and takes the new activity's id")
    func asksAgain() async throws {
        try await withCommunity { home in
            let (ann, ben) = (try await home.person("ann").actor, try await home.neighbour("ben"))
            let database = home.database
            let (one, two) = (try uri("https://b.example/1"), try uri("https://b.example/2"))
            let first = try await database.saveFollow(by: ben.id, of: ann.id, uri: one, state: .pending)
            try await database.acceptFollow(first.id)
            let second = try await database.saveFollow(by: ben.id, of: ann.id, uri: two, state: .pending)
            #expect(second.id == first.id && second.state == .accepted && second.uri == two)
            #expect(try await database.follow(one, by: ben.id) == nil)
            #expect(try await database.follow(two, by: ben.id) == second)
            #expect(try await database.follow(two, of: ann.id) == second)
            #expect(try await database.follow(two, by: ann.id) == nil)
        }
    }

    @Test("The same activity id of two followers are two follows")
    func sameActivity() async throws {
        try await withCommunity { home in
            let ann = try await home.person("ann").actor
            let (ben, bea) = (try await home.neighbour("ben"), try await home.neighbour("bea"))
            let one = try uri("https://b.example/1")
            for actor in [ben, bea] {
                _ = try await home.database.saveFollow(by: actor.id, of: ann.id, uri: one, state: .accepted)
            }
            #expect(try await home.database.follow(one, by: bea.id)?.follower == bea.id)
            #expect(try await home.database.followCount(.followers, of: ann.id) == 2)
        }
    }

    @Test("A relation is seen from its side")
    func sides() async throws {
        try await withCommunity { home in
            let (ann, ben) = (try await home.person("ann").actor, try await home.neighbour("ben"))
            try await home.follow(ben, by: ann, .pending)
            try await home.follow(ann, by: ben)
            try await home.block(ann, by: ben)
            #expect(
                try await home.database.relation(of: ann.id, to: ben.id)
                    == Relation(follows: .pending, isFollowedBy: .accepted, blocks: false, isBlockedBy: true))
            #expect(
                try await home.database.relation(of: ben.id, to: ann.id)
                    == Relation(follows: .accepted, isFollowedBy: .pending, blocks: true, isBlockedBy: false))
        }
    }

    @Test("Lists show accepted ends that are not gone, the latest first, page by page")
    func pages() async throws {
        try await withCommunity { home in
            let ann = try await home.person("ann").actor
            var followers: [Actor] = []
            for index in 0..<5 {
                followers.append(try await home.neighbour("n\(index)"))
                try await home.follow(ann, by: followers[index], index == 1 ? .pending : .accepted)
            }
            try await home.end(followers[3])
            let first = try await home.database.followed(.followers, of: ann.id, before: nil, limit: 2)
            #expect(first.map(\.actor.id) == [followers[4].id, followers[2].id])
            let second = try await home.database.followed(
                .followers, of: ann.id, before: first.last?.position, limit: 2)
            #expect(second.map(\.actor.id) == [followers[0].id])
            #expect(
                try await home.database.followed(.following, of: followers[0].id, before: nil, limit: 2).map(\.actor.id)
                    == [ann.id])
            #expect(try await home.database.followed(.following, of: followers[1].id, before: nil, limit: 2).isEmpty)
        }
    }

    @Test("Only accepted follows of people here make a reader")
    func readers() async throws {
        try await withCommunity { home in
            let (ann, ben) = (try await home.person("ann").actor, try await home.neighbour("ben"))
            try await home.follow(ben, by: try await home.neighbour("bea"))
            try await home.follow(ben, by: ann, .pending)
            #expect(try await !home.database.hasLocalFollowers(ben.id))
            #expect(try await home.database.localFollows(of: ben.id).map(\.follower) == [ann.id])
            try await home.follow(ben, by: ann)
            #expect(try await home.database.hasLocalFollowers(ben.id))
        }
    }
}
