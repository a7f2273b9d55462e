package import Federation
import Foundation
import JSONTree
package import WebServer
import Wire

/// Sessions and activities by their ids: for whom they address, proven by signature. For everybody else they look like
/// what never existed.
package struct ObjectRoutes: Sendable {
    private let reader: SessionReader
    private let gate: FetchGate

    package init(reader: SessionReader, gate: FetchGate) {
        self.reader = reader
        self.gate = gate
    }

    package var routes: [Route] {
        [
            Route(.get, "/sessions/{id}", access: .open) { exchange in
                let asker = try await gate.reader(of: exchange).actor
                guard let id = UUID(uuidString: exchange.parameter("id")), let asker else { throw Problem.notFound }
                return try Self.answer(try await reader.event(id, for: asker))
            },
            Route(.get, "/activities/{id}", access: .open) { exchange in
                let asker = try await gate.reader(of: exchange).actor
                guard let id = UUID(uuidString: exchange.parameter("id")) else { throw Problem.notFound }
                return try Self.answer(try await reader.activity(id, for: asker))
            },
        ]
    }

    private static func answer(_ result: SessionReader.Result) throws -> Answer {
        switch result {
        case .document(let json): return Answer.activityStreams(json).privately
        case .gone(let tombstone): return Answer.activityStreams(tombstone, status: 410).privately
        case .nothing: throw Problem.notFound
        }
    }
}
