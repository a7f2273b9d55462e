import PostgreSQL
import Social
import Store
import Wire

/// What becomes of the uploads of a post that is deleted.
package enum UploadFate: Sendable {
    case deleted
    /// They wait for another post, as those do that were just uploaded.
    case released
}

/// How uploads come to posts and leave them.
struct PostUploads {
    let community: Community

    /// The files that a draft asks for, its uploads changed as it says, in its order.
    ///
    /// - Parameter post: the post that is edited, whose own uploads may stay.
    /// - Throws: `InvalidFields` when one is not there for the author, or belongs to another post.
    func files(of draft: PostDraft, by author: Actor, for post: PostID?, in transaction: Transaction) async throws
        -> [Attachment]
    {
        let wanted = draft.media ?? []
        var found = try await transaction.lockMedia(wanted, of: author.id, for: post)
        guard wanted.allSatisfy({ found[$0] != nil }) else {
            throw InvalidFields([
                FieldError(field: "media_ids", message: "Attach only what you uploaded, each to one post.")
            ])
        }
        for id in wanted {
            if let change = draft.mediaChanges[id] { found[id] = try await transaction.update(id, change) }
        }
        return draft.attachments + wanted.compactMap { found[$0]?.attachment(at: community.addresses) }
    }

    /// What an edit takes out stays with the post: its earlier versions show it.
    func attach(_ draft: PostDraft, to post: PostID, in transaction: Transaction) async throws {
        try await transaction.attachMedia(draft.media ?? [], to: post)
    }

    /// The files of a post as they are afterwards.
    func release(_ post: Post, in transaction: Transaction) async throws -> [Attachment] {
        let files = post.content.attachments
        let released = try await transaction.releaseMedia(files.compactMap(\.media), of: post.id)
        return files.map { file in
            file.media.flatMap { released[$0] }?.attachment(at: community.addresses) ?? file
        }
    }
}
