package import PostgreSQL
import Social
import Store
package import Wire

/// What is to happen when an actor elsewhere is provably gone: its server says so at the actor's own address, and a
/// Delete in its name has come.
package protocol ActorPurge: Sendable {
    /// - Parameter actor: of another community, and perhaps not known here.
    func purge(_ actor: URI) async throws
}

/// Remembers that the actor is gone, and leaves what it did as it is.
package struct MarkActorGone: ActorPurge {
    private let database: Pool

    package init(database: Pool) { self.database = database }

    package func purge(_ actor: URI) async throws {
        guard let known = try await database.actor(uri: actor) else { return }
        try await database.markGone(known.id)
    }
}
