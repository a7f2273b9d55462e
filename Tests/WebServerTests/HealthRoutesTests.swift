import PostgreSQL
import TestSupport
import Testing
import WebServer

struct HealthRoutesTests {
    @Test("Ready while the database is there, alive without it")
    func tellsHealth() async throws {
        try await withCommunity { home in
            let pool = Pool(home.database.settings, size: 1)
            try await withServer(HealthRoutes(database: pool).routes) { port in
                #expect(try await RawClient.request("GET", "/health/live", to: port)?.status == 200)
                #expect(try await RawClient.request("GET", "/health/ready", to: port)?.status == 200)
                await pool.close()
                #expect(try await RawClient.request("GET", "/health/live", to: port)?.status == 200)
                let reply = try await RawClient.request("GET", "/health/ready", to: port)
                #expect(reply?.status == 503)
                #expect(reply?.field("retry-after") != nil)
            }
        }
    }
}
