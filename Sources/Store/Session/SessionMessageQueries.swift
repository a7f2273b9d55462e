package import Foundation
package import PostgreSQL
import Social
package import Wire

extension Queryable {
    /// Remembers that a direct post tells somebody of a session.
    package func saveMessage(_ post: PostID, about session: UUID, to reader: ActorID) async throws {
        try await submit(
            """
            insert into session_messages (post_id, session_id, reader_id) values (\(post), \(session), \(reader))
            """)
    }

    /// The session of which a post tells its reader.
    package func session(toldBy post: PostID) async throws -> UUID? {
        try await row("select session_id from session_messages where post_id = \(post)")?.get("session_id")
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
