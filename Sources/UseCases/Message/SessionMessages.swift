package import Foundation
package import Mentoring
package import PostgreSQL
package import Social
import Store
package import Wire

/// What the two of a session write to each other about it: direct posts in its context, which every Mastodon client
/// shows, too. What is said so is never read as a command.
package struct SessionMessages: Sendable {
    /// Of what is written, in Unicode scalars.
    package static let longest = 4000

    private let desk: PostDesk

    /// The other has left, and nobody would read it.
    package struct NobodyThere: Error {
        package let other: Actor
    }

    /// - Parameter consequences: what follows from a post that somebody elsewhere shall read.
    package init(community: Community, consequences: PostConsequences) {
        desk = PostDesk(community: community, consequences: consequences)
    }

    /// Writes to the other of a session, below what was last said about it.
    ///
    /// - Throws: `InvalidFields` for `text`; `NobodyThere`.
    package func write(
        _ text: String, in session: Session, by author: Actor, now: Date, in transaction: Transaction
    ) async throws -> Post {
        guard !text.allSatisfy(\.isWhitespace) else {
            throw InvalidFields([FieldError(field: "text", message: "Write something.")])
        }
        let other = author.id == session.mentor ? session.mentee : session.mentor
        guard let reader = try await transaction.actor(id: other) else { throw StoreError.nothingReturned }
        guard reader.goneAt == nil else { throw NobodyThere(other: reader) }
        var words = DirectWords(text)
        words.language = try await transaction.postingDefaults(of: author.id).language
        let last = try await transaction.messages(in: session, for: author.id, limit: 1).first
        var draft = words.draft(to: reader, after: last?.post.id)
        draft.context = session.uri
        return try await desk.publish(
            draft, by: author, mentioned: words.mentioned(reader), now: now, in: transaction)
    }
}
