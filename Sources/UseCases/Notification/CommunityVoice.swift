package import Foundation
package import PostgreSQL
import SafeText
package import Social
import Store
package import Wire

/// The community itself, as it speaks to one of its people: by a direct post, which their clients show. No other server
/// ever hears of it.
package struct CommunityVoice: Sendable {
    package let community: Community
    private let speaker: ActorID
    private let desk: PostDesk

    /// - Parameters:
    ///   - speaker: the actor of the community.
    ///   - consequences: what follows from a post within this community.
    package init(community: Community, speaker: ActorID, consequences: PostConsequences) {
        self.community = community
        self.speaker = speaker
        desk = PostDesk(community: community, consequences: consequences)
    }

    /// - Parameter earlier: what the community said before about the same thing.
    @discardableResult
    package func say(
        _ text: String, to reader: Actor, after earlier: PostID? = nil, at time: Date, in transaction: Transaction
    ) async throws -> Post {
        guard let speaker = try await transaction.actor(id: speaker) else { throw StoreError.nothingReturned }
        let text = "@\(reader.handle.name) \(text)"
        let reached = WrittenText(text).mentions.first.map { Mentioned([$0: reader]) }
        var draft = PostDraft(text)
        draft.visibility = .direct
        draft.language = "en"
        draft.replyTo = earlier
        return try await desk.publish(draft, by: speaker, mentioned: reached ?? Mentioned(), now: time, in: transaction)
    }
}
