import Foundation
import PostgreSQL

extension Community {
    /// Sends SIGKILL, starts the server again, and lets what it held leased run out, as 90 seconds would.
    func killAndRestart() async throws {
        await kill()
        let death = Date()
        try await start()
        try await withDatabase { database in
            _ = try await database.execute(
                "update jobs set leased_until = now() where leased_until < \(death) + interval '90 seconds'")
            _ = try await database.rows("select pg_notify('mentord_jobs', '')")
        }
    }
}
