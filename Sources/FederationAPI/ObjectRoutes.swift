package import Federation
import Foundation
import JSONTree
import Social
package import WebServer
import Wire

/// Sessions and activities by their ids: for whom they address, proven by signature. For everybody else they look like
/// what never existed.
package struct ObjectRoutes: Sendable {
    private let sessions: SessionReader
    private let activities: SentActivities
    private let gate: FetchGate

    package init(sessions: SessionReader, activities: SentActivities, gate: FetchGate) {
        self.sessions = sessions
        self.activities = activities
        self.gate = gate
    }

    package var routes: [Route] {
        [
            Route(.get, "/sessions/{id}", access: .open) { exchange in
                let reader = try await gate.reader(of: exchange).actor
                guard let id = UUID(uuidString: exchange.parameter("id")), let reader else { throw Problem.notFound }
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
