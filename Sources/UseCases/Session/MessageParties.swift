import Foundation
package import Mentoring
package import PostgreSQL
import Social
import Store
import Wire

/// Tells the people of this community what others did to their sessions where their clients show it: the community
/// itself tells them. Who is elsewhere, of a server that knows no sessions, is told in posts, too. All that is said
/// about one session to one person is a thread, and the posts are remembered with their session, so that an answer to
/// one is understood as an answer to the session.
package struct MessageParties: SessionConsequence {
    private let voice: PartyVoice
    private let notice: Notice

    /// - Parameter notice: how far ahead the community wants to hear of cancels and moves.
    package init(voice: PartyVoice, notice: Notice = Notice()) {
        self.voice = voice
        self.notice = notice
    }

    /// The same where nobody elsewhere is spoken to.
    package init(voice: CommunityVoice, notice: Notice = Notice()) {
        self.init(voice: PartyVoice(voice, consequences: PostConsequences([])), notice: notice)
    }

    package func follow(_ change: SessionChange, in transaction: Transaction) async throws {
        guard let (event, _) = change.event else { return }
        if event.kind.isShown {
            try await voice.closeQuestions(about: change.session.id, at: event.at, in: transaction)
        }
        guard !change.isToldElsewhere else { return }
        for role in event.listeners {
            guard let reader = change.actor(role), let other = change.actor(role == .mentor ? .mentee : .mentor) else {
                continue
            }
            if reader.isLocal {
                let words = try await words(of: change, event, for: role, reader, from: other, in: transaction)
                try await tell(words, change, event, reader, from: other, in: transaction)
            } else if change.isPosted(to: role) {
                let words = try await posted(change, event, to: role, reader, from: other, in: transaction)
                try await tell(words, change, event, reader, from: other, in: transaction)
            }
        }
    }

    /// What somebody of this community reads.
    private func words(
        of change: SessionChange, _ event: SessionEvent, for role: Role, _ reader: Actor, from other: Actor,
        in transaction: Transaction
    ) async throws -> DirectWords {
        let zone = role == .mentor ? try await transaction.profile(of: reader.id)?.zone : nil
        let earlier = try await transaction.lastMessage(about: change.session.id, to: reader.id)
        let language = try await transaction.talkLanguage(of: reader, answering: earlier)
        var message = SessionMessage(
            session: change.session, event: event, role: role, other: other, zone: zone,
            suggested: try await transaction.actors(uris: change.session.ending?.suggested ?? []), notice: notice,
            page: voice.voice.community.addresses.session(change.session.id))
        let question = poll(change, event, for: role, TalkWords(language))
        message.takesOffer = change.takesOffer
        if question != nil { message.hint = TalkWords(language).howToAnswer }
        var words = DirectWords(change.act.map { SeriesMessage(act: $0, message: message).text } ?? message.text)
        words.poll = question
        return words
    }

    /// What somebody elsewhere reads.
    private func posted(
        _ change: SessionChange, _ event: SessionEvent, to role: Role, _ reader: Actor, from other: Actor,
        in transaction: Transaction
    ) async throws -> DirectWords {
        let earlier = try await transaction.lastMessage(about: change.session.id, to: reader.id)
        let language = try await transaction.talkLanguage(of: reader, answering: earlier)
        let form = TalkForm(software: try await transaction.software(of: reader.uri.origin.authority))
        let question = form == .poll ? poll(change, event, for: role, TalkWords(language)) : nil
        let message = TalkMessage(
            session: change.session, event: event, role: role, other: other, words: TalkWords(language),
            canVote: question != nil, takesOffer: change.takesOffer,
            isPlainEvent: change.session.isPlainEvent(of: change.mentee))
        var words = DirectWords(message.text, language: language)
        words.poll = question
        return words
    }

    /// The answers to a request, where it waits for the mentor. A series is more than a vote can answer.
    private func poll(
        _ change: SessionChange, _ event: SessionEvent, for role: Role, _ words: TalkWords
    ) -> PostDraft.PollDraft? {
        guard role == .mentor, change.act == nil, !change.takesOffer, change.session.status == .pending,
            change.session.waitingOn == .mentor
        else { return nil }
        switch event.kind {
        case .requested, .rescheduled: break
        default: return nil
        }
        let bounds = PostDraft.pollSeconds
        let wait = Int(exactly: change.session.answerBy.timeIntervalSince(event.at).rounded(.down))
        return PostDraft.PollDraft(
            options: words.answers, seconds: min(max(wait ?? 0, bounds.lowerBound), bounds.upperBound))
    }

    private func tell(
        _ words: DirectWords, _ change: SessionChange, _ event: SessionEvent, _ reader: Actor, from other: Actor,
        in transaction: Transaction
    ) async throws {
        let session = change.session
        let earlier = try await transaction.lastMessage(about: session.id, to: reader.id)
        guard
            let post = try await voice.say(
                words, to: reader, from: other, after: earlier, at: event.at, in: transaction)
        else { return }
        try await transaction.saveMessage(post.id, about: session.id, to: reader.id, revision: session.revision)
    }
}
