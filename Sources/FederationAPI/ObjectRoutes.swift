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
    private let readers: Readers

    package init(sessions: SessionReader, activities: SentActivities, readers: Readers) {
        self.sessions = sessions
        self.activities = activities
        self.readers = readers
    }

    package var routes: [Route] {
        [
            Route(.get, "/sessions/{id}", access: .open) { exchange in
                guard let id = UUID(uuidString: exchange.parameter("id")),
                    let reader = try await readers.reader(of: exchange)
                else { throw Problem.notFound }
                return try .reading(try await sessions.event(id, for: reader), isForAll: false, exchange)
            },
            Route(.get, "/activities/{id}", access: .open) { exchange in
                guard let id = UUID(uuidString: exchange.parameter("id")) else { throw Problem.notFound }
                let reader = try await readers.reader(of: exchange)
                return try .reading(
                    try await activities.activity(id, for: reader), isForAll: false, exchange)
            },
        ]
    }
}
