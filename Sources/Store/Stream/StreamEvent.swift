import PostgreSQL
import Social
package import Wire

/// Something that happened and may have to be told to those who listen.
package struct StreamEvent: Sendable {
    package enum Kind: String, Sendable {
        case published, edited, deleted, boosted, unboosted
        /// A post of which people may have been notified.
        case noticed
        /// Two people came to stand differently to each other, of which one may have been notified.
        case related
        /// Somebody's filters changed.
        case filtered
    }

    package let id: Int64
    package let kind: Kind
    package let actor: ActorID
    package let post: PostID?
    /// By which feeds know it: the number of the post, and those of its boosts; of a boost its own.
    package let entries: [Int64]
    /// Of a deleted post.
    package let trace: Trace

    /// What a post was like that is gone.
    package struct Trace: Sendable {
        package let isPublic: Bool
        package let isLocal: Bool
        package let isReply: Bool
        package let hasMedia: Bool
        package let tags: [String]
        /// The author and all whom it named or was for.
        package let people: [ActorID]
    }
}

extension StreamEvent {
    static let columns: SQL = """
        event.id, event.kind, event.actor_id, event.post_id, event.entries, event.is_public, event.is_local,
        event.is_reply, event.has_media, event.tags, event.people
        """

    /// Nil for a row without an event, and for kinds that a later version of this program writes.
    init?(_ row: Row) throws {
        guard let kind = try (row.get("kind") as String?).flatMap({ Kind(rawValue: $0) }) else { return nil }
        let people: [Int64] = try row.get("people")
        self.init(
            id: try row.get("id"), kind: kind, actor: try row.get("actor_id"), post: try row.get("post_id"),
            entries: try row.get("entries"),
            trace: Trace(
                isPublic: try row.get("is_public"), isLocal: try row.get("is_local"), isReply: try row.get("is_reply"),
                hasMedia: try row.get("has_media"), tags: try row.get("tags"),
                people: people.map { ActorID(rawValue: $0) }))
    }
}
