import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import Wire

struct AuthorPostQueriesTests {
    @Test(
        "Between whom there is a block, neither sees what the other passed on, nor that they did, or liked it",
        arguments: [true, false])
    func blocks(isTheirs: Bool) async throws {
        try await withCommunity { home in
            let (ann, ben) = (try await home.person("ann").actor, try await home.neighbour("ben"))
            let (eve, max) = (try await home.person("eve").actor, try await home.person("max").actor)
            let post = try await home.post(by: ann)
            _ = try await home.database.insertBoost(
                try uri("https://b.example/boost"), by: ben.id, of: post.id, visibility: .public)
            _ = try await home.database.insertLike(try uri("https://b.example/like"), by: ben.id, of: post.id)
            try await isTheirs ? home.block(eve, by: ben) : home.block(ben, by: eve)
            let page = Page(limit: 20)
            for (viewer, shows) in [(Viewer.actor(eve.id), false), (.actor(max.id), true), (.nobody, true)] {
                let count = shows ? 1 : 0
                #expect(try await home.database.entries(by: ben.id, AuthorPosts(), for: viewer, page).count == count)
                #expect(try await home.database.boosters(of: post.id, for: viewer, page).count == count)
                #expect(try await home.database.likers(of: post.id, for: viewer, page).count == count)
            }
        }
    }
}
