package import PostgreSQL
package import Social
import Store
import Wire

/// Finds the person whom somebody names by handle or address, here or elsewhere.
package struct FindActor: Sendable {
    /// Whoever can be followed.
    package static let followable: Set<Actor.Kind> = [.person, .group, .organization, .service]

    private let database: Pool
    private let community: Community
    private let remote: RemoteActors

    package init(database: Pool, community: Community, remote: RemoteActors) {
        self.database = database
        self.community = community
        self.remote = remote
    }

    /// - Parameter kinds: who counts; mentors are people.
    /// - Throws: `FieldError` at `field` when nobody is found or can be reached.
    package func callAsFunction(_ name: String, field: String, among kinds: Set<Actor.Kind> = [.person]) async throws
        -> Actor
    {
        do {
            guard let actor = try await actor(name), kinds.contains(actor.kind), actor.goneAt == nil else {
                throw RemoteActors.Failure.notFound
            }
            return actor
        } catch let failure as RemoteActors.Failure {
            throw FieldError(field: field, message: Self.message(failure, name))
        }
    }

    private func actor(_ name: String) async throws -> Actor? {
        if let uri = URI(name) {
            guard uri.origin == community.origin else { return try await remote.actor(uri, on: database) }
            guard case .actor(let username) = community.addresses.place(of: uri) else { return nil }
            return try await database.localActor(username)
        }
        if let handle = Handle(name), !community.isOwn(domain: handle.domain) {
            return try await remote.actor(handle, on: database)
        }
        let local = Handle(name)?.name ?? name.lowercased()
        guard let username = Username(local) else { return nil }
        return try await database.localActor(username)
    }

    private static func message(_ failure: RemoteActors.Failure, _ name: String) -> String {
        switch failure {
        case .notFound, .gone: "Nobody of that name was found: give a handle such as noor@b.example, or an address."
        case .unreachable: "Their server does not answer at present. Try again later."
        case .refused: "This community has nothing to do with their server."
        case .unusable: "Their server answers with nothing that can be understood."
        }
    }
}
