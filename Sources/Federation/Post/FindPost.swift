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
}
