package import Foundation
import Mentoring
package import PostgreSQL
package import Social
import Store
package import Wire

/// Speaks to the two of a session in posts: to people of this community as the community itself, to those elsewhere
/// whose server knows no sessions as the other of the two. What is said so is never read as a command.
package struct PartyVoice: Sendable {
    let voice: CommunityVoice
    private let desk: PostDesk
    private let consequences: PostConsequences

    /// - Parameter consequences: what follows from a post that somebody elsewhere shall read.
    package init(_ voice: CommunityVoice, consequences: PostConsequences) {
        self.voice = voice
        self.consequences = consequences
        desk = PostDesk(community: voice.community, consequences: consequences)
    }

    /// - Parameters:
    ///   - other: in whose name somebody elsewhere is spoken to.
    ///   - earlier: what was said before about the same thing.
    ///   - answered: what the reader wrote, in whose thread it stands.
    func say(
        _ words: DirectWords, to reader: Actor, from other: Actor, after earlier: PostID? = nil,
        answering answered: Post? = nil, at time: Date, in transaction: Transaction
    ) async throws -> Post? {
        if reader.isLocal {
            return try await voice.say(
                words, to: reader, after: earlier, answering: answered, at: time, in: transaction)
        }
        guard other.isLocal, other.goneAt == nil else { return nil }
        return try await desk.publish(
            words.draft(to: reader, after: earlier), by: other, mentioned: words.mentioned(reader), now: time,
            answering: answered, in: transaction)
    }

    /// Ends the questions about a session that a vote could still answer, for all who see them.
    func closeQuestions(about session: UUID, at time: Date, in transaction: Transaction) async throws {
        for id in try await transaction.openQuestions(about: session) {
            try await transaction.closePoll(of: id, at: time)
            guard let question = try await transaction.storedPost(id),
                let author = try await transaction.actor(id: question.author), author.isLocal
            else { continue }
            let consequences = author.id == voice.speaker ? voice.consequences : consequences
            try await consequences.follow(.counted(isFinal: false), question, by: author, in: transaction)
        }
    }
}
