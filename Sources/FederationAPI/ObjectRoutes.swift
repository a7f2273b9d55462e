package import Federation
package import Foundation
import JSONTree
import Social
package import WebServer
import Wire

/// Sessions and activities by their ids: for whom they address, proven by signature. For everybody else they look like
/// what never existed. A browser gets the page of a session.
package struct ObjectRoutes: Sendable {
    private let sessions: SessionReader
    private let activities: SentActivities
    private let gate: FetchGate
    private let page: @Sendable (UUID, Exchange) async throws -> Answer

    /// - Parameter page: of a session, for its people.
    package init(
        sessions: SessionReader, activities: SentActivities, gate: FetchGate,
        page: @escaping @Sendable (UUID, Exchange) async throws -> Answer
    ) {
        self.sessions = sessions
        self.activities = activities
        self.gate = gate
        self.page = page
    }

    package var routes: [Route] {
        [
            Route(.get, "/sessions/{id}", access: .open) { exchange in
                let id = UUID(uuidString: exchange.parameter("id"))
                guard exchange.prefersActivityStreams else {
                    guard let id else { throw Problem.notFound }
                    return try await page(id, exchange)
                }
                let reader = try await gate.reader(of: exchange).actor
                guard let id, let reader else { throw Problem.notFound }
                return try Answer.reading(try await sessions.event(id, for: reader)).privately
                    .validated(against: exchange)
            },
            Route(.get, "/activities/{id}", access: .open) { exchange in
                let reader = try await gate.reader(of: exchange).actor
                guard let id = UUID(uuidString: exchange.parameter("id")) else { throw Problem.notFound }
                return try Answer.reading(try await activities.activity(id, for: reader)).privately
                    .validated(against: exchange)
            },
        ]
    }
}
