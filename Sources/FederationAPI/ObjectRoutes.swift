package import Federation
import Foundation
import JSONTree
package import PostgreSQL
import Social
package import WebServer
import Wire

/// Sessions and activities by their ids: for whom they address, proven by signature. For everybody else they look like
/// what never existed.
package struct ObjectRoutes: Sendable {
    private let reader: SessionReader
    private let verifier: RequestVerifier
    private let database: Pool

    package init(reader: SessionReader, verifier: RequestVerifier, database: Pool) {
        self.reader = reader
        self.verifier = verifier
        self.database = database
    }

    package var routes: [Route] {
        [
            Route(.get, "/sessions/{id}", access: .open) { exchange in
                guard let id = UUID(uuidString: exchange.parameter("id")), let asker = try await asker(exchange) else {
                    throw Problem.notFound
                }
                return try Self.answer(try await reader.event(id, for: asker))
            },
            Route(.get, "/activities/{id}", access: .open) { exchange in
                guard let id = UUID(uuidString: exchange.parameter("id")) else { throw Problem.notFound }
                return try Self.answer(try await reader.activity(id, for: try await asker(exchange)))
            },
        ]
    }

    /// Who signed the request; nil when nobody provably did.
    private func asker(_ exchange: Exchange) async throws -> Actor? {
        guard exchange.field("signature") != nil else { return nil }
        let outcome = try await verifier.verify(exchange.signedMessage, at: DateTime.cutToMilliseconds(Date()))
        guard case .verified(let signer) = outcome else { return nil }
        return try await database.transaction { try await signer.actor(in: $0) }
    }

    private static func answer(_ result: SessionReader.Result) throws -> Answer {
        switch result {
        case .document(let json): return Answer.activityStreams(json).privately
        case .gone(let tombstone): return Answer.activityStreams(tombstone, status: 410).privately
        case .nothing: throw Problem.notFound
        }
    }
}
