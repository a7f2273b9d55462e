import ActivityStreams
import Foundation
import JSONTree
import PostgreSQL
import Social
import Store
import UseCases
import Wire

/// Decides about posts from elsewhere whether they concern anybody here, and hands them to the desk.
struct PostIntake: Sendable {
    let community: Community
    let desk: PostDesk
    let fetching: FetchPosts

    private var reader: PostReader { PostReader(community: community) }

    /// A post that its author's server sent.
    func take(_ document: PostDocument, from author: Actor, in transaction: Transaction) async throws -> Disposition {
        guard document.author == author.uri, document.id.isSameOrigin(as: author.uri), document.id != author.uri else {
            return .refused(.notOwner)
        }
        guard let content = try await reader.content(of: document, by: author, in: transaction) else {
            return .refused(.malformed)
        }
        guard try await concernsUs(content, by: author, in: transaction) else { return .ignored(.notForUs) }
        switch try await desk.take(
            document.id, content, by: author, publishedAt: published(document), in: transaction)
        {
        case .known: return .ignored(.duplicate)
        case .withdrawn: return .ignored(.withdrawn)
        case .taken(let post):
            if post.replyTo == nil, let parent = content.replyTo, content.visibility.isOpen {
                try await fetching.enqueue(parent, for: .thread(depth: 1), in: transaction)
            }
            return .applied
        }
    }

    /// A post that was fetched from its origin because somebody here has to do with it: only what everybody may read.
    func take(
        fetched document: PostDocument, by author: Actor, as arrival: PostDesk.Arrival = .news,
        in transaction: Transaction
    ) async throws -> Post? {
        guard document.author == author.uri, document.id.isSameOrigin(as: author.uri),
            let content = try await reader.content(of: document, by: author, in: transaction),
            content.visibility.isOpen
        else { return nil }
        switch try await desk.take(
            document.id, content, by: author, publishedAt: published(document), as: arrival, in: transaction)
        {
        case .taken(let post), .known(let post): return post
        case .withdrawn: return nil
        }
    }

    /// A newer version of a post. nil when it is not known here.
    func retake(_ document: PostDocument, from author: Actor, in transaction: Transaction) async throws -> Disposition?
    {
        guard let known = try await transaction.storedPost(document.id) else { return nil }
        guard known.author == author.id, document.author == author.uri else { return .refused(.notOwner) }
        guard var content = try await reader.content(of: document, by: author, before: known.content, in: transaction)
        else {
            return .refused(.malformed)
        }
        // A post does not become more public by an edit than it was: who may see it was its author's first word.
        content.visibility = known.visibility
        try await desk.retake(
            known, content, by: author, editedAt: document.updated.map { min($0, Date()) }, in: transaction)
        return .applied
    }

    /// Whether anybody here follows the author, is addressed, or takes part in the conversation.
    private func concernsUs(_ content: Post.Content, by author: Actor, in transaction: Transaction) async throws -> Bool
    {
        let hasReaders = try await transaction.hasLocalReaders(
            among: content.addressees.map(\.actor), orFollowersOf: content.visibility == .direct ? nil : author.id)
        if hasReaders { return true }
        guard content.visibility.isOpen, let parent = content.replyTo else { return false }
        return try await transaction.hasLocalPart(inThreadOf: parent)
    }

    /// When it says that it was published, but not in the future.
    private func published(_ document: PostDocument) -> Date {
        let now = DateTime.cutToMilliseconds(Date())
        return document.published.map { min($0, now) } ?? now
    }
}
