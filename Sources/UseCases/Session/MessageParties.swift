import Foundation
import Mentoring
package import PostgreSQL
import SafeText
package import Social
import Store
package import Wire

/// Tells the people of this community what others did to their sessions where their clients show it: by a direct post of
/// the community itself. All that is said about one session to one person is a thread, and the posts are remembered with
/// their session, so that an answer to one can be understood as an answer to the session.
///
/// No other server ever hears of these posts.
package struct MessageParties: SessionConsequence {
    private let community: Community
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

    package func follow(_ change: SessionChange, in transaction: Transaction) async throws {
        guard let (event, _) = change.event else { return }
        for role in event.listeners {
            guard let reader = change.actor(role), reader.isLocal,
                let other = change.actor(role == .mentor ? .mentee : .mentor)
            else { continue }
            let message = SessionMessage(
                session: change.session, event: event, role: role, other: other,
                zone: role == .mentor ? try await transaction.profile(of: reader.id)?.zone : nil,
                page: community.addresses.session(change.session.id))
            try await send(message.text, about: change.session, to: reader, at: event.at, in: transaction)
        }
    }

    private func send(
        _ text: String, about session: Session, to reader: Actor, at time: Date, in transaction: Transaction
    ) async throws {
        guard let speaker = try await transaction.actor(id: speaker) else { throw StoreError.nothingReturned }
        let text = "@\(reader.handle.name) \(text)"
        let reached = WrittenText(text).mentions.first.map { Mentioned([$0: reader]) }
        var draft = PostDraft(text)
        draft.visibility = .direct
        draft.language = "en"
        draft.replyTo = try await transaction.lastMessage(about: session.id, to: reader.id)
        let post = try await desk.publish(
            draft, by: speaker, mentioned: reached ?? Mentioned(), now: time, in: transaction)
        try await transaction.saveMessage(post.id, about: session.id, to: reader.id)
    }
}
