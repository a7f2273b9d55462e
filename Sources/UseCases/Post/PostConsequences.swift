import PostgreSQL
import Social
import Store

/// All that follows from what happens to posts, in order.
package struct PostConsequences: Sendable {
    private let consequences: [any PostConsequence]

    package init(_ consequences: [any PostConsequence]) { self.consequences = consequences }

    func follow(_ what: PostHappening, _ post: Post, by actor: Actor, in transaction: Transaction) async throws {
        let people = try await transaction.actors(ids: Set(post.content.addressees.map(\.actor) + [post.author]))
        guard let author = people[post.author] else { throw StoreError.nothingReturned }
        let change = PostChange(what, post: post, author: author, actor: actor, addressees: people)
        for consequence in consequences { try await consequence.follow(change, in: transaction) }
    }
}
