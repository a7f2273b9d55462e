package import Wire

/// Who wants to see something.
package enum Viewer: Hashable, Sendable {
    /// Somebody who proved nothing.
    case nobody
    case actor(ActorID)
    /// Another server, which fetches for all of its people.
    case server(domain: String)
}
