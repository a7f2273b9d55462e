package import Foundation
package import Wire

/// The URL layout of this server: what is where, written and read in one place.
package struct Addresses: Sendable {
    package let origin: Origin

    package init(origin: Origin) { self.origin = origin }

    /// Something of ours that an address names.
    package enum Place: Equatable, Sendable {
        case actor(Username)
        case instanceActor
        case session(UUID)
        case activity(UUID)
        case post(UUID)
        /// The page of a post for people.
        case postPage(PostID)
        /// The Create of a post.
        case publication(UUID)
        /// An offer, by its secret.
        case offer(String)
    }

    package var instanceActor: URI { uri("/actor") }
    /// The mentors of this community, for others.
    package var directory: URI { uri("/actor/directory") }
    package var sharedInbox: URI { uri("/inbox") }

    package func actor(_ name: Username) -> URI { uri("/users/\(name)") }
    package func profilePage(_ name: Username) -> URI { uri("/@\(name)") }
    package func session(_ id: UUID) -> URI { uri("/sessions/\(id.uuidString.lowercased())") }
    /// A name alone: the dates of a series have addresses, the series has none.
    package func series(_ id: UUID) -> URI { uri("/series/\(id.uuidString.lowercased())") }
    package func activity(_ id: UUID) -> URI { uri("/activities/\(id.uuidString.lowercased())") }
    package func post(_ id: UUID) -> URI { uri("/posts/\(id.uuidString.lowercased())") }
    /// The page of a post for people, by the number that clients know it by.
    package func postPage(_ id: PostID, by author: Username) -> URI { uri("/@\(author)/\(id.rawValue)") }
    /// What a mentor offers to one person; whoever has the address can take it.
    package func offer(_ token: String) -> URI { uri("/offers/\(token)") }
    package func media(_ file: MediaFile) -> URI { uri(file.path) }
    package func tag(_ name: String) -> URI { uri("/tags/\(Self.escaped(name))") }
    /// The template by which other servers send their people here (OStatus subscribe).
    package var remoteInteraction: String { "\(origin)/authorize_interaction?uri={uri}" }

    package func inbox(of actor: URI) -> URI { below(actor, "/inbox") }
    package func outbox(of actor: URI) -> URI { below(actor, "/outbox") }
    package func followers(of actor: URI) -> URI { below(actor, "/followers") }
    package func following(of actor: URI) -> URI { below(actor, "/following") }
    package func featured(of actor: URI) -> URI { below(actor, "/featured") }
    package func availability(of mentor: URI) -> URI { below(mentor, "/availability") }
    package func publication(of post: URI) -> URI { below(post, "/activity") }
    /// The Note that is a vote, of the activity that brings it.
    package func vote(_ activity: URI) -> URI { below(activity, "#vote") }
    /// The Note that is a rating, of the Create that brings it.
    package func rating(_ activity: URI) -> URI { below(activity, "#rating") }
    package func replies(to post: URI) -> URI { below(post, "/replies") }
    package func mainKey(of actor: URI) -> URI { below(actor, "#main-key") }
    package func ed25519Key(of actor: URI) -> URI { below(actor, "#ed25519-key") }

    /// What one of our addresses names, whatever its fragment; nil for other origins and for everything that is not
    /// spelled as this type writes it.
    package func place(of uri: URI) -> Place? {
        guard uri.origin == origin, uri.query == nil else { return nil }
        let parts = uri.path.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map(String.init)
        switch (parts.first, parts.count) {
        case ("actor", 1): return .instanceActor
        case ("users", 2): return Username(parts[1]).map(Place.actor)
        case ("sessions", 2): return Self.uuid(parts[1]).map(Place.session)
        case ("activities", 2): return Self.uuid(parts[1]).map(Place.activity)
        case ("offers", 2): return parts[1].isEmpty ? nil : .offer(parts[1])
        case ("posts", 2): return Self.uuid(parts[1]).map(Place.post)
        case ("posts", 3) where parts[2] == "activity": return Self.uuid(parts[1]).map(Place.publication)
        case (let page?, 2) where page.hasPrefix("@"):
            guard let name = Username(String(page.dropFirst())), let number = Int64(parts[1]), number > 0 else {
                return nil
            }
            let post = PostID(rawValue: number)
            return postPage(post, by: name) == uri ? .postPage(post) : nil
        case (let page?, 1) where page.hasPrefix("@"): return Username(String(page.dropFirst())).map(Place.actor)
        default: return nil
        }
    }

    /// Reads lower case only: two spellings would be two addresses of one thing.
    private static func uuid(_ text: String) -> UUID? {
        UUID(uuidString: text).flatMap { $0.uuidString.lowercased() == text ? $0 : nil }
    }

    /// Percent-encoded as a path segment.
    private static func escaped(_ segment: String) -> String {
        segment.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                String(UnicodeScalar(byte))
            default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }.joined()
    }

    private func uri(_ path: String) -> URI { Self.known("\(origin)\(path)") }
    private func below(_ uri: URI, _ suffix: String) -> URI { Self.known(uri.string + suffix) }

    /// Our own origin with an ASCII path of ours is always a URI.
    private static func known(_ text: String) -> URI {
        guard let uri = URI(text) else { preconditionFailure("the origin of this community makes no URI: \(text)") }
        return uri
    }
}
