package import Foundation
import Mentoring
package import PostgreSQL
import SafeText
package import Social
import Store
package import Wire

/// The community itself, as it speaks to one of its people: by a direct post, which their clients show. No other server
/// ever hears of it.
package struct CommunityVoice: Sendable {
    package let community: Community
    let speaker: ActorID
    let consequences: PostConsequences
    private let desk: PostDesk

    /// - Parameters:
    ///   - speaker: the actor of the community.
    ///   - consequences: what follows from a post within this community.
    package init(community: Community, speaker: ActorID, consequences: PostConsequences) {
        self.community = community
        self.speaker = speaker
        self.consequences = consequences
        desk = PostDesk(community: community, consequences: consequences)
    }

    /// - Parameter earlier: what the community said before about the same thing.
    @discardableResult
    package func say(
        _ text: String, to reader: Actor, after earlier: PostID? = nil, at time: Date, in transaction: Transaction
    ) async throws -> Post {
        try await say(DirectWords(text), to: reader, after: earlier, at: time, in: transaction)
    }

    /// - Parameter answered: what somebody wrote, perhaps to somebody else, and is answered here.
    @discardableResult
    func say(
        _ words: DirectWords, to reader: Actor, after earlier: PostID? = nil, answering answered: Post? = nil,
        at time: Date, in transaction: Transaction
    ) async throws -> Post {
        guard let speaker = try await transaction.actor(id: speaker) else { throw StoreError.nothingReturned }
        return try await desk.publish(
            words.draft(to: reader, after: earlier), by: speaker, mentioned: words.mentioned(reader), now: time,
            answering: answered, in: transaction)
    }
}

/// What is said in a direct post to one person, whatever names stand in it.
struct DirectWords: Sendable {
    let text: String
    var language: String?
    var poll: PostDraft.PollDraft?

    init(_ text: String, language: TalkLanguage = .english) {
        self.text = text
        self.language = language.rawValue
    }

    private func whole(to reader: Actor) -> String {
        "@\(reader.isLocal ? reader.handle.name : reader.handle.description) \(text)"
    }

    func mentioned(_ reader: Actor) -> Mentioned {
        WrittenText(whole(to: reader)).mentions.first.map { Mentioned([$0: reader]) } ?? Mentioned()
    }

    func draft(to reader: Actor, after earlier: PostID? = nil) -> PostDraft {
        var draft = PostDraft(whole(to: reader))
        draft.visibility = .direct
        draft.language = language
        draft.replyTo = earlier
        draft.poll = poll
        return draft
    }
}
