package import Foundation
package import Mentoring
package import PostgreSQL
import Store
package import Wire

/// Sessions are for the two people in them. For everybody else, whatever their role, they look like what never existed.
extension Queryable {
    /// nil for everybody who is no party of it.
    package func session(_ id: UUID, for reader: ActorID) async throws -> Session? {
        try await session(.id(id)).flatMap { $0.role(of: reader) == nil ? nil : $0 }
    }

    /// The same, held for change until the transaction ends.
    package func lockSession(_ id: UUID, for party: ActorID) async throws -> Session? {
        try await lockSession(.id(id)).flatMap { $0.role(of: party) == nil ? nil : $0 }
    }
}
