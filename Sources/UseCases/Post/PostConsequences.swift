import PostgreSQL
import Social

/// All that follows from what happens to posts, in order.
package struct PostConsequences: Sendable {
    private let consequences: [any PostConsequence]

    package init(_ consequences: [any PostConsequence]) { self.consequences = consequences }

    func follow(_ what: PostHappening, _ post: Post, by actor: Actor, in transaction: Transaction) async throws {
        let change = PostChange(what, post: post, actor: actor)
        for consequence in consequences { try await consequence.follow(change, in: transaction) }
    }
}
