package import PostgreSQL
package import Social
import Store
import Wire

/// Makes sure that the server has an actor of its own, which signs what no person asks for (FEP-d556, FEP-2677).
package struct EnsureInstanceActor: Sendable {
    private let database: Pool
    private let community: Community

    package init(database: Pool, community: Community) {
        self.database = database
        self.community = community
    }

    package func callAsFunction() async throws -> Actor {
        let addresses = community.addresses
        let uri = addresses.instanceActor
        return try await database.transaction { transaction in
            let id = try await transaction.insertLocalActor(
                uri: uri, kind: .application, username: community.origin.host, name: community.name, url: uri,
                inbox: addresses.inbox(of: uri), sharedInbox: addresses.sharedInbox)
            if let id {
                try await transaction.replaceKeys(of: id, with: try KeyPairs.generate(for: uri, id: id, at: addresses))
            }
            guard let actor = try await transaction.actor(uri: uri) else { throw StoreError.nothingReturned }
            return actor
        }
    }
}
