package import PostgreSQL
import Store
package import Wire

/// The one place where filters change: programs of their owner that listen are told, so that they read them anew.
package struct FilterDesk: Sendable {
    private let audience: StreamAudience

    package init(audience: StreamAudience) { self.audience = audience }

    /// Does something to filters of a person.
    package func change<Success>(
        of owner: ActorID, on database: Pool, _ work: (Transaction) async throws -> Success
    ) async throws -> Success {
        try await database.transaction { transaction in
            let result = try await work(transaction)
            if audience.mayListen { try await transaction.insertStreamEvent(ofFiltersOf: owner) }
            return result
        }
    }
}
