import Foundation
package import PostgreSQL
import Social
import Store
package import UseCases
package import Wire

/// Ends what is known of an actor elsewhere that is provably gone, as if it had signed its Delete itself: its server
/// says so at the actor's own address, and a Delete in its name has come.
package struct ForgetGoneActor: Sendable {
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
