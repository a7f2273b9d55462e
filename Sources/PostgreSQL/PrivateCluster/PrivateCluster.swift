internal import Glibc
internal import Logging

/// A PostgreSQL cluster of the program's own, below a data folder, reachable only through a Unix socket.
///
/// Whoever opens it counts as a user. The last user to close it stops the server; a server whose daemon was killed
/// runs on and is taken over by the next one who opens it. Run by root, the server runs as the user `postgres`.
///
/// File locks, which the kernel ends with their process, keep the peace: one of the daemon alone, one that all users
/// share, and one held while the server is started or stopped.
package actor PrivateCluster {
    package enum Role: Sendable {
        /// The daemon, of which there is one.
        case owner
        /// An administrative command.
        case guest
    }

    package enum Durability: Sendable {
        case durable
        /// For tests: nothing survives a crash of the machine.
        case disposable
    }

    package struct Options: Sendable {
        package var durability = Durability.durable
        /// Where to look for the server's programs; nil for the search path and Debian's folders.
        package var programFolders: [String]?
        /// How long the server may take to answer, crash recovery included.
        package var startTimeout = Duration.seconds(300)
        /// How long a fast stop may take before an immediate one.
        package var stopTimeout = Duration.seconds(30)

        package init() {}
    }

    private nonisolated let executor = ThreadExecutor(name: "private-cluster")
    private let folder: ClusterFolder
    private let role: Role
    private let options: Options
    private var ownerLock: FileLock?
    private var userLock: FileLock?
    private var socketFolder = ""

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private init(folder: ClusterFolder, role: Role, options: Options) {
        self.folder = folder
        self.role = role
        self.options = options
    }

    deinit { executor.stop() }

    /// Makes the cluster in `folder` if there is none, starts it if it does not run, and returns when it answers.
    package static func open(
        in folder: String, role: Role, options: Options = Options()
    ) async throws(ClusterError) -> PrivateCluster {
        let cluster = PrivateCluster(folder: try ClusterFolder(folder), role: role, options: options)
        try await cluster.enter()
        return cluster
    }

    /// Opens the cluster for the time of `body`, and closes it however that ends.
    package static func with<Success: Sendable>(
        _ folder: String, role: Role, options: Options = Options(),
        _ body: (PrivateCluster) async throws -> Success
    ) async throws -> Success {
        let cluster = try await open(in: folder, role: role, options: options)
        do {
            let success = try await body(cluster)
            try await cluster.close()
            return success
        } catch {
            try? await cluster.close()
            throw error
        }
    }

    /// For the program's own database, as the role that owns it and may do nothing else.
    package var settings: ConnectionSettings {
        ConnectionSettings(url: url(user: Self.name, database: Self.name))
    }

    /// For administration, as the superuser.
    package var administratorSettings: ConnectionSettings {
        var settings = ConnectionSettings(url: url(user: Self.superuser, database: Self.superuser))
        settings.statementTimeout = .seconds(60)
        return settings
    }

    /// Stops the server unless somebody else uses it. Later calls do nothing.
    package func close() throws(ClusterError) {
        guard userLock != nil else { return }
        let change = try lockForChange()
        defer { extendLifetime(change) }
        try leave()
    }

    /// Of the program's own database and of the role that owns it.
    static let name = "mentord"
    static let superuser = "postgres"

    private func url(user: String, database: String) -> String {
        Self.url(socketFolder: socketFolder, user: user, database: database)
    }

    static func url(socketFolder: String, user: String = superuser, database: String = superuser) -> String {
        "host=\(backslashQuoted(socketFolder, quote: "'")) port=5432 dbname=\(database) user=\(user)"
    }

    private func enter() throws(ClusterError) {
        let fileOwner = owner(of: folder.path)
        if role == .owner {
            guard let lock = try FileLock.take(.exclusive, folder.ownerLock, owner: fileOwner) else {
                throw .inUse(pid: FileLock.holder(of: folder.ownerLock))
            }
            lock.signHolder()
            ownerLock = consume lock
        }
        let change = try lockForChange()
        defer { extendLifetime(change) }
        userLock = try FileLock.take(.shared, folder.userLock, owner: fileOwner)
        do throws(ClusterError) {
            socketFolder = try runningServer().socketFolder
            try prepareDatabase()
        } catch {
            try? leave()
            throw error
        }
    }

    /// Requires the change lock.
    private func leave() throws(ClusterError) {
        userLock = nil
        defer { ownerLock = nil }
        let fileOwner = owner(of: folder.path)
        guard try FileLock.take(.exclusive, folder.userLock, owner: fileOwner) != nil else { return }
        try ClusterServer(folder: folder, options: options).stop()
    }

    private func lockForChange() throws(ClusterError) -> FileLock {
        let fileOwner = owner(of: folder.path)
        guard
            let lock = try FileLock.take(
                .exclusive, folder.changeLock, owner: fileOwner, patience: options.startTimeout + options.stopTimeout)
        else { throw .busy }
        return lock
    }

    private func runningServer() throws(ClusterError) -> Postmaster {
        let server = ClusterServer(folder: folder, options: options)
        if let running = Postmaster.running(folder.data) {
            Logger.current.notice("taking over the running cluster", metadata: ["pid": "\(running.pid)"])
            if try server.waitForAnswer(running) { return running }
        }
        return try server.start()
    }

    private func prepareDatabase() throws(ClusterError) {
        do throws(PostgresError) {
            let handle = try Handle.connect(administratorSettings)
            try create("role \(Self.name) login", handle, unless: "pg_roles where rolname = '\(Self.name)'")
            try create(
                "database \(Self.name) owner \(Self.name)", handle,
                unless: "pg_database where datname = '\(Self.name)'")
        } catch {
            throw .database(error.description)
        }
    }

    private func create(_ object: String, _ handle: borrowing Handle, unless existing: String) throws(PostgresError) {
        guard try ask("select from \(existing)", handle).affectedRows == 0 else { return }
        _ = try ask("create \(object)", handle)
    }

    private func ask(_ text: String, _ handle: borrowing Handle) throws(PostgresError) -> ResultSet {
        switch handle.run(script: text, within: .seconds(60)) {
        case .success(let result)?: return result
        case .failure(let report)?, .lost(let report)?: throw .server(report.error(statement: Array(text.utf8)))
        case .skipped?, nil: throw handle.failure(.duringStatement)
        }
    }
}
