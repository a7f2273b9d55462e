import PostgreSQL
import Social
import Store
import UseCases
import Wire

/// What somebody here did to a post, with everybody who may have to hear of it elsewhere.
struct OutgoingChange: Sendable {
    let what: PostHappening
    let post: Post
    let author: Actor
    let actor: Actor
    /// Whom the post names or is for.
    let addressees: [ActorID: Actor]

    init(_ change: PostChange, in transaction: Transaction) async throws {
        let people = try await transaction.actors(
            ids: Set(change.post.content.addressees.map(\.actor) + [change.post.author]))
        guard let author = people[change.post.author] else { throw StoreError.nothingReturned }
        what = change.what
        post = change.post
        self.author = author
        actor = change.actor
        addressees = people
    }
}
