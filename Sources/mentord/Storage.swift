import Foundation
import Logging
import PostgreSQL
import Schemas

/// The database that the settings name: the operator's, or a private cluster in the data folder.
struct Storage {
    let pool: Pool
    let settings: ConnectionSettings
    /// Whether it is a cluster of this program's own.
    let isPrivate: Bool

    /// Opens the database, brings its tables up to date, and closes it however `body` ends.
    ///
    /// - Parameter role: the daemon owns a private cluster; commands use it beside the daemon.
    static func with<Success: Sendable>(
        _ settings: Settings, role: PrivateCluster.Role, _ body: (Storage) async throws -> Success
    ) async throws -> Success {
        if let url = settings.databaseURL {
            return try await run(ConnectionSettings(url: url), isPrivate: false, settings, body)
        }
        return try await PrivateCluster.with(settings.data + "/postgresql", role: role) { cluster in
            try await run(await cluster.settings, isPrivate: true, settings, body)
        }
    }

    private static func run<Success: Sendable>(
        _ connection: ConnectionSettings, isPrivate: Bool, _ settings: Settings,
        _ body: (Storage) async throws -> Success
    ) async throws -> Success {
        let pool = Pool(connection, size: settings.databaseConnections)
        do {
            let applied = try await Migrator(migrations()).migrate(pool)
            for migration in applied {
                Logger(label: "mentord").info("migrated", metadata: ["migration": "\(migration.name)"])
            }
            let success = try await body(Storage(pool: pool, settings: connection, isPrivate: isPrivate))
            await pool.close()
            return success
        } catch {
            await pool.close()
            throw error
        }
    }

    private static func migrations() -> [Migration] {
        Schemas.migrations.map { Migration(number: $0.number, name: $0.name, sql: $0.sql) }
    }
}
