internal import Foundation
internal import Glibc
package import PostgreSQL
internal import Synchronization

/// The server that the tests of this process share: the one that `MENTORD_TEST_DATABASE_URL` names, or a disposable
/// private cluster that is started at the first use and removed when the process exits. On a server that is not ours
/// the migrated templates, `mentord_test_…`, are left behind.
package actor TestServer {
    package static let shared = TestServer()

    private var administrator: Task<ConnectionSettings, any Error>?
    private var administrationPool: Pool?
    private var templates: [[Migration]: Task<String, any Error>] = [:]
    private var lastDatabase = 0
    private let prefix = "mentord_test_\(UUID().uuidString.prefix(8).lowercased())_"

    /// For connections that create and drop databases.
    package func administratorSettings() async throws -> ConnectionSettings {
        if let administrator { return try await administrator.value }
        let starting = Task {
            if let url = ProcessInfo.processInfo.environment["MENTORD_TEST_DATABASE_URL"] {
                return ConnectionSettings(url: url)
            }
            return try await DisposableCluster.start()
        }
        administrator = starting
        return try await starting.value
    }

    /// A new empty database, or a copy of one in which `migrations` were applied once.
    func createDatabase(migrations: [Migration]) async throws -> ConnectionSettings {
        guard !migrations.isEmpty else { return try await create(template: "template1") }
        let preparing = templates[migrations] ?? Task {
            let template = try await create(template: "template1")
            let pool = Pool(template, size: 1)
            try await Migrator(migrations).migrate(pool)
            await pool.close()
            return template.database ?? ""
        }
        templates[migrations] = preparing
        return try await create(template: preparing.value)
    }

    /// Drops the database, whoever is connected to it.
    func drop(_ settings: ConnectionSettings) async throws {
        try await administration().execute(.dropDatabase(settings.database ?? ""))
    }

    private func create(template: String) async throws -> ConnectionSettings {
        lastDatabase += 1
        let name = "\(prefix)\(lastDatabase)"
        try await administration().execute(.createDatabase(name, template: template))
        var settings = try await administratorSettings()
        settings.statementTimeout = ConnectionSettings(url: "").statementTimeout
        settings.database = name
        return settings
    }

    private func administration() async throws -> Pool {
        var settings = try await administratorSettings()
        if let administrationPool { return administrationPool }
        settings.statementTimeout = .seconds(60)
        let pool = Pool(settings, size: 2, acquireTimeout: .seconds(120))
        administrationPool = pool
        return pool
    }
}
