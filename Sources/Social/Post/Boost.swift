package import Foundation
package import Wire

/// A post that somebody passes on to their followers.
package struct Boost: Hashable, Sendable {
    package let id: Int64
    /// The id of the Announce activity.
    package let uri: URI
    package let actor: ActorID
    package let post: PostID
    package let visibility: Visibility
    package let createdAt: Date

    package init(id: Int64, uri: URI, actor: ActorID, post: PostID, visibility: Visibility, createdAt: Date) {
        self.id = id
        self.uri = uri
        self.actor = actor
        self.post = post
        self.visibility = visibility
        self.createdAt = createdAt
    }
}
