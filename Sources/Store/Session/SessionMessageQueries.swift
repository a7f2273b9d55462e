package import Foundation
package import PostgreSQL
import Social
package import Wire

extension Queryable {
    /// Remembers that a direct post tells somebody of a session.
    ///
    /// - Parameter revision: of the session as the post tells it, where it can be answered.
    package func saveMessage(
        _ post: PostID, about session: UUID, to reader: ActorID, revision: Int? = nil
    ) async throws {
        try await submit(
            """
            insert into session_messages (post_id, session_id, reader_id, revision)
            values (\(post), \(session), \(reader), \(revision))
            """)
    }

    /// The newest post that tells somebody of a session, as far as it was not deleted.
    package func lastMessage(about session: UUID, to reader: ActorID) async throws -> PostID? {
        try await row(
            """
            select max(post_id) as post from session_messages where session_id = \(session) and reader_id = \(reader)
            """
        )?.get("post")
    }
}
