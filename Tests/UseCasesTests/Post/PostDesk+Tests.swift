import PostgreSQL
import Social
import Store
import TestSupport
import UseCases

/// Runs `body` with somebody of a community, and a desk for posts.
func withPostDesk(
    _ consequences: [any PostConsequence] = [], _ body: (TestCommunity, Actor, PostDesk) async throws -> Void
) async throws {
    try await withCommunity { home in
        let desk = PostDesk(community: home.community, consequences: PostConsequences(consequences))
        try await body(home, try await home.person("ann").actor, desk)
    }
}

extension PostDesk {
    /// Publishes what mentions nobody.
    func publish(_ draft: PostDraft, by author: Actor, in home: TestCommunity) async throws -> Post {
        try await home.database.transaction {
            try await publish(draft, by: author, mentioned: Mentioned(), now: .thisSecond, in: $0)
        }
    }

    /// Changes to what mentions nobody.
    func edit(_ post: Post, _ draft: PostDraft, by author: Actor, in home: TestCommunity) async throws -> Post {
        try await home.database.transaction {
            try await edit(post.id, draft, by: author, mentioned: Mentioned(), now: .thisSecond, in: $0)
        }
    }
}
