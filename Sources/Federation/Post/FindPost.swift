import ActivityStreams
import PostgreSQL
package import Social
import Store
import UseCases
package import Wire

/// A post by its address: as it is known here, else as its origin gives it now.
package struct FindPost: Sendable {
    private let database: Pool
    private let fetcher: DocumentFetcher
    private let actors: RemoteActors
    let intake: PostIntake

    init(database: Pool, fetcher: DocumentFetcher, actors: RemoteActors, intake: PostIntake) {
        self.database = database
        self.fetcher = fetcher
        self.actors = actors
        self.intake = intake
    }

    /// - Returns: nil when there is something else at the address, or what this community does not take.
    /// - Throws: `DocumentFetcher.Failure`, ``RemoteActors/Failure``.
    package func callAsFunction(_ uri: URI) async throws -> Post? {
        if let known = try await database.storedPost(uri) { return known }
        guard let document = PostDocument(try await fetcher.document(at: uri)) else { return nil }
        let author = try await actors.actor(document.author, on: database)
        return try await database.transaction { transaction in
            try await intake.take(fetched: document, by: author, in: transaction)
        }
    }

    /// The same if a certain author wrote it, for whom nobody else is asked; and nobody here is told of it.
    func callAsFunction(_ uri: URI, by author: Actor) async throws -> Post? {
        if let known = try await database.storedPost(uri) { return known.author == author.id ? known : nil }
        guard uri.isSameOrigin(as: author.uri), let document = PostDocument(try await fetcher.document(at: uri)),
            document.author == author.uri
        else { return nil }
        return try await database.transaction { transaction in
            try await intake.take(fetched: document, by: author, as: .found, in: transaction)
        }
    }

    /// A collection of an author's, or a page of one; nil when there is something else at the address.
    func collection(at uri: URI) async throws -> CollectionDocument? {
        CollectionDocument(try await fetcher.document(at: uri))
    }
}
