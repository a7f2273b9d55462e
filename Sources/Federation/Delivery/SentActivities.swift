package import Foundation
import JSONTree
package import PostgreSQL
package import Social
import Store
import Wire

/// Activities of ours by their ids, byte for byte as they were sent: for those whom they address.
package struct SentActivities: Sendable {
    private let database: Pool
    private let community: Community

    package init(database: Pool, community: Community) {
        self.database = database
        self.community = community
    }

    package func activity(_ id: UUID, for reader: Actor?) async throws -> Reading {
        guard let stored = try await database.activity(uri: community.addresses.activity(id)),
            stored.isPublic || reader.map({ $0.mayRead(what: stored.audience) }) == true
        else { return .nothing }
        return .document(try JSON.parse(Array(stored.body.utf8)))
    }
}

extension Actor {
    /// Whether something for certain addressees is for this actor: one of them, or the actor of the server of one.
    func mayRead(what audience: [String]) -> Bool {
        if audience.contains(uri.string) { return true }
        guard case .server = Viewer(self) else { return false }
        return audience.contains { URI($0)?.origin == uri.origin }
    }
}
