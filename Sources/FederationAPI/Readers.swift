package import Federation
import Foundation
package import PostgreSQL
import Social
import Store
import WebServer
import Wire

/// Who asks for a document, by the signature of the request.
package struct Readers: Sendable {
    private let verifier: RequestVerifier
    private let database: Pool

    package init(verifier: RequestVerifier, database: Pool) {
        self.verifier = verifier
        self.database = database
    }

    /// nil when nobody provably did.
    func reader(of exchange: Exchange) async throws -> Actor? {
        guard exchange.field("signature") != nil else { return nil }
        let outcome = try await verifier.verify(exchange.signedMessage, at: DateTime.cutToMilliseconds(Date()))
        guard case .verified(let signer) = outcome else { return nil }
        return try await database.transaction { try await signer.actor(in: $0) }
    }
}
