import JSONTree
import Social
import Store
import Wire

extension Entities {
    /// Threads of direct posts (docs.joinmastodon.org/entities/Conversation), with those who take part but the reader:
    /// clients address all of them when they answer.
    func conversations(_ conversations: [Conversation], for reader: ActorID) async throws -> [JSON] {
        var entities: [JSON] = []
        for conversation in conversations {
            let post = conversation.lastPost
            var others = ([post.author] + post.content.addressees.map(\.actor)).filter { $0 != reader }
            if others.isEmpty { others = [reader] }
            var known: Set<ActorID> = []
            entities.append([
                "id": .string(String(conversation.id)),
                "unread": .bool(conversation.isUnread),
                "accounts": .array(try await accounts(others.filter { known.insert($0).inserted })),
                "last_status": try await status(post, for: reader) ?? .null,
            ])
        }
        return entities
    }
}
