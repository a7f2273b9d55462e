import Foundation
import Mentoring
package import PostgreSQL
import SafeText
package import Social
import Store
package import Wire

/// Lets people act on sessions by what they write and vote: those of this community who use nothing but a Mastodon
/// client, and those elsewhere whose servers know no sessions. A direct answer to what was told of a session acts on
/// it, a direct post to a mentor asks for one; everything else is talk. Likes and passing on never act, and what others
/// can read does not either.
///
/// Whatever follows is written in the transaction that takes the post, so that a post that comes twice acts once.
package struct HearTalk: PostConsequence {
    let desk: SessionDesk
    let voice: PartyVoice

    package init(desk: SessionDesk, voice: PartyVoice) {
        self.desk = desk
        self.voice = voice
    }

    package func follow(_ change: PostChange, in transaction: Transaction) async throws {
        guard change.actor.kind == .person else { return }
        switch change.what {
        case .published: try await hear(change.post, by: change.actor, in: transaction)
        case .voted(let choices): try await count(choices, in: change.post, by: change.actor, in: transaction)
        default: break
        }
    }

    /// Who spoke, and how they are answered.
    struct Talker {
        let actor: Actor
        /// What they wrote; nil for a vote.
        let post: Post?
        let words: TalkWords
        let now: Date

        /// When they say that they said it.
        var said: Date { post.map { min($0.publishedAt, now) } ?? now }
    }

    // MARK: Votes

    private func count(
        _ choices: Set<Int>, in question: Post, by voter: Actor, in transaction: Transaction
    ) async throws {
        guard let told = try await transaction.sessionPost(question.id), told.reader == voter.id, choices.count == 1,
            let choice = choices.first, let session = try await transaction.lockSession(.id(told.session))
        else { return }
        let commands: [TalkCommand] = [.accept, .decline(nil), .anotherTime(nil, nil)]
        guard commands.indices.contains(choice) else { return }
        let talker = Talker(
            actor: voter, post: nil, words: TalkWords(try await transaction.talkLanguage(of: voter)),
            now: DateTime.cutToMilliseconds(Date()))
        try await act(commands[choice], on: session, revision: told.revision, by: talker, in: transaction)
    }

    // MARK: Posts

    private func hear(_ post: Post, by author: Actor, in transaction: Transaction) async throws {
        guard post.visibility == .direct || post.replyTo != nil else { return }
        // Whose server knows sessions acts through it, and means by words what they say.
        if post.content.context != nil, !author.isLocal, author.speaksMentoring { return }
        let talk = Talk(plainText(fromHTML: post.content.html, limit: 4000))
        guard post.visibility == .direct || talk.command != nil else { return }
        let told = try await transaction.sessionPost(answeredBy: post)
        guard told != nil || talk.command != nil else { return }
        // "Yes" to what the other wrote answers that; only a cancel is too dear to be lost.
        if talk.command?.isCancel != true, talk.command?.isAnswer ?? true,
            try await transaction.answersMessage(post)
        {
            return
        }
        let known = try await transaction.talkLanguage(of: author, answering: post.replyTo)
        let talker = Talker(
            actor: author, post: post, words: TalkWords(talk.language ?? known),
            now: DateTime.cutToMilliseconds(Date()))
        guard post.visibility == .direct else {
            guard let told else { return }
            return try await answerPublicly(told, talker, in: transaction)
        }
        let session = if let told { try await transaction.lockSession(.id(told.session)) } else { Session?.none }
        let isProposed = session?.proposal?.slots.isEmpty == false
        if case .choose(let number)? = talk.command,
            let times = try await transaction.toldTimes(answeredBy: post, exactly: isProposed)
        {
            return try await choose(number, of: times, by: talker, in: transaction)
        }
        if let told, let session {
            return try await act(talk.command, on: session, revision: told.revision, by: talker, in: transaction)
        }
        guard let command = talk.command, let mentor = try await mentor(addressedBy: post, in: transaction) else {
            return
        }
        try await begin(command, with: mentor, by: talker, in: transaction)
    }

    /// The one mentor of this community to whom a post is.
    private func mentor(addressedBy post: Post, in transaction: Transaction) async throws -> Actor? {
        let people = try await transaction.actors(
            ids: Set(post.content.addressees.prefix(20).map(\.actor)).subtracting([post.author]))
        var found: [Actor] = []
        for person in people.values where person.isLocal && person.kind == .person {
            guard try await transaction.profile(of: person.id)?.isShown == true else { continue }
            found.append(person)
        }
        guard found.count == 1, let mentor = found.first,
            try await transaction.blocked(by: mentor.id, among: [post.author]).isEmpty
        else { return nil }
        return mentor
    }

    private func answerPublicly(_ told: SessionPost, _ talker: Talker, in transaction: Transaction) async throws {
        let about = "public \(told.session.uuidString.lowercased())"
        guard try await transaction.isFirstHint(about: about, to: talker.actor.id),
            let session = try await transaction.session(.id(told.session)),
            let other = try await other(than: talker.actor, in: session, transaction)
        else { return }
        // In the thread of the session, which nobody else sees.
        let earlier = try await transaction.lastMessage(about: session.id, to: talker.actor.id)
        let words = DirectWords(talker.words.sayItDirectly, language: talker.words.language)
        guard
            let post = try await voice.say(
                words, to: talker.actor, from: other, after: earlier, at: talker.now, in: transaction)
        else { return }
        try await transaction.saveMessage(post.id, about: session.id, to: talker.actor.id, revision: session.revision)
    }

    func other(than actor: Actor, in session: Session, _ transaction: Transaction) async throws -> Actor? {
        try await transaction.actor(id: actor.id == session.mentor ? session.mentee : session.mentor)
    }

    // MARK: Answers

    /// Says something about a session, where the talker said theirs.
    func answer(
        _ text: String, about session: Session, _ talker: Talker, from other: Actor, in transaction: Transaction
    ) async throws {
        let earlier = try await transaction.lastMessage(about: session.id, to: talker.actor.id)
        guard
            let post = try await voice.say(
                DirectWords(text, language: talker.words.language), to: talker.actor, from: other,
                after: talker.post == nil ? earlier : nil, answering: talker.post, at: talker.now, in: transaction)
        else { return }
        try await transaction.saveMessage(post.id, about: session.id, to: talker.actor.id, revision: session.revision)
    }

    /// The same before there is a session.
    @discardableResult
    func answer(
        _ text: String, _ talker: Talker, from mentor: Actor, in transaction: Transaction
    ) async throws -> Post? {
        try await voice.say(
            DirectWords(text, language: talker.words.language), to: talker.actor, from: mentor,
            answering: talker.post, at: talker.now, in: transaction)
    }
}
