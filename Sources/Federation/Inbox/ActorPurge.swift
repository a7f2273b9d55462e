import Foundation
package import PostgreSQL
import Social
import Store
package import UseCases
package import Wire

/// What is to happen when an actor elsewhere is provably gone: its server says so at the actor's own address, and a
/// Delete in its name has come.
package protocol ActorPurge: Sendable {
    /// - Parameter actor: of another community, and perhaps not known here.
    func purge(_ actor: URI) async throws
}

/// Ends what is known of the actor, as if it had signed its Delete itself.
package struct ForgetGoneActor: ActorPurge {
    private let database: Pool
    private let forget: ForgetActor

    package init(database: Pool, forget: ForgetActor) {
        self.database = database
        self.forget = forget
    }

    package func purge(_ actor: URI) async throws {
        try await database.transaction { transaction in
            guard let known = try await transaction.actor(uri: actor) else { return }
            try await forget(known, now: DateTime.cutToMilliseconds(Date()), in: transaction)
        }
    }
}
