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
            if let home = try await transaction.otherInstanceActor(than: uri) {
                throw OtherOrigin(stored: home.origin, configured: community.origin)
            }
            let id = try await transaction.insertLocalActor(
                uri: uri, kind: .application, username: community.origin.host, name: community.name, url: uri,
                inbox: addresses.inbox(of: uri), sharedInbox: addresses.sharedInbox, domain: community.domain)
            try await transaction.setHandleDomain(community.domain)
            if let id {
                try await transaction.replaceKeys(of: id, with: try KeyPairs.generate(for: uri, id: id, at: addresses))
            }
            guard let actor = try await transaction.actor(uri: uri) else { throw StoreError.nothingReturned }
            return actor
        }
    }
}

/// The database belongs to a community at another origin: everything in it lies at addresses there.
package struct OtherOrigin: Error, CustomStringConvertible {
    let stored: Origin
    let configured: Origin

    package var description: String {
        """
        This data belongs to \(stored), but 'origin' is \(configured). Set origin back, or give another data folder \
        (MENTORD_DATA) or database.
        """
    }
}
