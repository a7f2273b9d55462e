package import Mentoring
package import PostgreSQL
import Social
import Store
import Wire

/// Tells the people of this community what others did to their sessions where their clients show it: the community
/// itself tells them. All that is said about one session to one person is a thread, and the posts are remembered with
/// their session, so that an answer to one can be understood as an answer to the session.
package struct MessageParties: SessionConsequence {
    private let voice: CommunityVoice
    private let notice: Notice

    /// - Parameter notice: how far ahead the community wants to hear of cancels and moves.
    package init(voice: CommunityVoice, notice: Notice = Notice()) {
        self.voice = voice
        self.notice = notice
    }

    package func follow(_ change: SessionChange, in transaction: Transaction) async throws {
        guard let (event, _) = change.event, !change.isToldElsewhere else { return }
        for role in event.listeners {
            guard let reader = change.actor(role), reader.isLocal,
                let other = change.actor(role == .mentor ? .mentee : .mentor)
            else { continue }
            let zone = role == .mentor ? try await transaction.profile(of: reader.id)?.zone : nil
            let message = SessionMessage(
                session: change.session, event: event, role: role, other: other, zone: zone,
                suggested: try await transaction.actors(uris: change.session.ending?.suggested ?? []), notice: notice,
                page: voice.community.addresses.session(change.session.id))
            let text = change.act.map { SeriesMessage(act: $0, message: message).text } ?? message.text
            let earlier = try await transaction.lastMessage(about: change.session.id, to: reader.id)
            let post = try await voice.say(text, to: reader, after: earlier, at: event.at, in: transaction)
            try await transaction.saveMessage(post.id, about: change.session.id, to: reader.id)
        }
    }
}
