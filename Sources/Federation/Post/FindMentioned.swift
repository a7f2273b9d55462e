package import PostgreSQL
import SafeText
package import Social
import Store
package import UseCases
import Wire

/// Finds those whom a text names, here and elsewhere, before it is published.
package struct FindMentioned: Sendable {
    private let database: Pool
    private let community: Community
    private let actors: RemoteActors

    package init(database: Pool, community: Community, actors: RemoteActors) {
        self.database = database
        self.community = community
        self.actors = actors
    }

    /// Whoever cannot be found or asked now stays text.
    package func callAsFunction(in typed: String) async throws -> Mentioned {
        var people: [WrittenText.Mention: Actor] = [:]
        for mention in WrittenText(typed).mentions {
            if let actor = try await actor(mention), actor.goneAt == nil { people[mention] = actor }
        }
        return Mentioned(people)
    }

    private func actor(_ mention: WrittenText.Mention) async throws -> Actor? {
        guard let domain = mention.domain, !community.isOwn(domain: domain) else {
            guard let username = Username(mention.name) else { return nil }
            return try await database.localActor(username)
        }
        guard let handle = Handle("\(mention.name)@\(domain)") else { return nil }
        do {
            return try await actors.actor(handle, on: database)
        } catch is RemoteActors.Failure {
            return nil
        }
    }
}
