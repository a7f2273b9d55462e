import JSONTree
import Mentoring
package import PostgreSQL
import Social
import Store
package import WebServer

/// `/api/mentoring/session-types`: what can be asked for in this community.
package struct CatalogueRoutes: Sendable {
    private let database: Pool

    package init(database: Pool) { self.database = database }

    package var routes: [Route] {
        [
            Route(.get, "/api/mentoring/session-types", access: .token(.read)) { _ in
                let types = try await database.catalogue().offered.map { type -> JSON in
                    [
                        "name": .string(type.name), "label": .string(type.label),
                        "description": .string(type.description), "durations": .array(type.durations.map { .int($0) }),
                        "pricing": .string(type.pricing.rawValue),
                    ]
                }
                return Answer.json(["session_types": .array(types)]).privately
            }
        ]
    }
}
