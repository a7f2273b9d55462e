import ActivityStreams
package import JSONTree
package import PostgreSQL
package import Social
import Store

/// The directory of this community's mentors, as every other community may read it: those who publish a profile.
package struct PublishedDirectory: Sendable {
    package static let pageSize = 200

    private let database: Pool
    private let community: Community

    package init(database: Pool, community: Community) {
        self.database = database
        self.community = community
    }

    package func collection() async throws -> JSON {
        let state = try await database.directoryState()
        let id = community.addresses.directory
        return DirectoryDocument.collection(
            id: id, count: state.count, revision: state.revision, first: "\(id)?page=true")
    }

    /// - Parameter place: where the page before ended; nil for the first.
    package func page(after place: Int64?) async throws -> JSON {
        let id = community.addresses.directory
        let found = try await database.directoryEntries(after: place ?? 0, limit: Self.pageSize)
        let next = found.count == Self.pageSize ? found.last.map { "\(id)?page=true&after=\($0.number)" } : nil
        return Collection.page(
            id: "\(id)?page=true" + (place.map { "&after=\($0)" } ?? ""), of: id,
            items: found.map { DirectoryItem(id: $0.uri, updated: $0.updatedAt).json }, next: next)
    }
}
