import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import Wire

struct ErasureQueriesTests {
    @Test("Nothing of a deleted account is left but a name that is gone, its keys and its followers")
    func account() async throws {
        try await withCommunity { home in
            let (ann, ben) = (try await home.mentor("ann").actor, try await home.neighbour("ben"))
            let (post, others) = (try await home.post(by: ann), try await home.post(by: ben))
            try await home.follow(ann, by: ben)
            try await home.follow(ben, by: ann)
            _ = try await home.database.insertLike(others.uri, by: ann.id, of: others.id)
            _ = try await home.database.insertPin(post.id, by: ann.id)
            try await home.database.transaction { try await $0.eraseAccount(ann.id) }
            for table in [TestCommunity.CountedTable.likes, .pins, .notifications] {
                #expect(try await home.count(table) == 0, "\(table)")
            }
            #expect(try await home.database.storedPost(others.id) != nil)
            #expect(try await home.database.tombstone(post.uri)?.formerType == "Note")
            #expect(try await home.database.account(id: ann.id) == nil)
            #expect(try await home.database.profile(of: ann.id) == nil)
            let left = try await ann.reread(in: home)
            #expect(left.goneAt != nil && left.name.isEmpty && left.summary.isEmpty)
            #expect(try await !home.database.keys(of: ann.id).isEmpty)
            #expect(try await home.database.follow(by: ben.id, of: ann.id) != nil)
            #expect(try await home.database.follow(by: ann.id, of: ben.id) == nil)
        }
    }

    @Test("An actor elsewhere that is gone leaves others' things alone; one of ours is never erased so")
    func remoteActor() async throws {
        try await withCommunity { home in
            let (ann, ben) = (try await home.person("ann").actor, try await home.neighbour("ben"))
            let (own, bens) = (try await home.post(by: ann), try await home.post(by: ben))
            try await home.follow(ann, by: ben)
            try await home.follow(ben, by: ann)
            try await home.block(ann, by: ben)
            try await home.database.transaction { try await $0.eraseRemoteActor(ben.id) }
            #expect(try await home.count(.follows) == 0)
            #expect(try await home.count(.blocks) == 0)
            #expect(try await home.database.storedPost(bens.id) == nil)
            #expect(try await home.database.storedPost(own.id) != nil)
            #expect(try await home.database.tombstone(bens.uri) == nil)
            #expect(try await ben.reread(in: home).goneAt != nil)
        }
    }

    @Test("Acquaintances are those elsewhere who know of somebody beside the followers")
    func acquaintances() async throws {
        try await withCommunity { home in
            let ann = try await home.person("ann").actor
            var people: [Actor] = []
            for name in ["followed", "named", "liked", "boosted", "follower", "stranger"] {
                people.append(try await home.neighbour(name))
            }
            try await home.follow(people[0], by: ann)
            _ = try await home.post(by: ann, .direct, to: [people[1], try await home.person("max").actor])
            let liked = try await home.post(by: people[2])
            _ = try await home.database.insertLike(ann.uri, by: ann.id, of: liked.id)
            let boosted = try await home.post(by: people[3])
            _ = try await home.database.insertBoost(ann.uri, by: ann.id, of: boosted.id, visibility: .public)
            try await home.follow(ann, by: people[4])
            let found = try await home.database.remoteAcquaintances(of: ann.id)
            #expect(found.map(\.id) == people.prefix(4).map(\.id))
        }
    }
}
