import JSONTree
package import PostgreSQL

/// Whether the process lives (`/health/live`) and can do its work (`/health/ready`, which asks the database).
package struct HealthRoutes: Sendable {
    private let database: Pool

    package init(database: Pool) { self.database = database }

    package var routes: [Route] {
        [
            Route(.get, "/health/live", access: .open) { _ in .json(["status": "ok"]).with("cache-control", "no-store")
            },
            Route(.get, "/health/ready", access: .open) { _ in
                do {
                    _ = try await database.row("select 1 as one")
                } catch {
                    throw Problem.unavailable
                }
                return .json(["status": "ok"]).with("cache-control", "no-store")
            },
        ]
    }
}
