import Foundation
import Social
import Testing
import Wire

/// An actor of a.example, or of b.example.
func actor(
    _ id: Int64 = 1, isLocal: Bool = true, kind: Actor.Kind = .person, isLocked: Bool = false, goneAt: Date? = nil,
    movedTo: ActorID? = nil, movedAt: Date? = nil
) throws -> Actor {
    let host = isLocal ? "a.example" : "b.example"
    return Actor(
        id: ActorID(rawValue: id), uri: try #require(URI("https://\(host)/users/p\(id)")), kind: kind,
        handle: try #require(Handle("p\(id)@\(host)")), isLocal: isLocal, name: "", summary: "", url: nil,
        inbox: try #require(URI("https://\(host)/users/p\(id)/inbox")), sharedInbox: nil, speaksMentoring: false,
        createdAt: .distantPast, fetchedAt: nil, goneAt: goneAt, isLocked: isLocked, movedTo: movedTo, movedAt: movedAt)
}

func post(_ visibility: Visibility, by author: ActorID = ActorID(rawValue: 1)) throws -> Post {
    Post(
        id: PostID(rawValue: 1), uri: try #require(URI("https://a.example/posts/1")), author: author,
        thread: PostID(rawValue: 1), replyTo: nil, content: Post.Content(visibility: visibility, html: ""),
        publishedAt: .distantPast, editedAt: nil)
}
