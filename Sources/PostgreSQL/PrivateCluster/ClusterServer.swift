internal import Foundation
internal import Glibc
internal import Logging

/// Starts and stops the server of a private cluster. Callers hold the change lock. Blocks the thread.
struct ClusterServer {
    let folder: ClusterFolder
    let options: PrivateCluster.Options

    /// Starts the server, on a new cluster if there is none, and returns when it answers.
    func start() throws(ClusterError) -> Postmaster {
        let user = try ClusterUser.running(folder.data)
        let programs = try ClusterPrograms.find(in: options.programFolders, for: folder.version)
        try user.checkReach(of: folder.path)
        if folder.version == nil { try initialise(programs, user) }
        try writeAccessRules(user)
        Postmaster.removeMisleadingFile(folder.data)

        let socketFolder = try folder.makeSocketFolder(for: user)
        let deadline = ContinuousClock.now + options.startTimeout
        var server = try launch(programs, user, socketFolder)
        while try !waitForAnswer(server) {
            let log = tail(of: folder.startLog)
            // The children of a killed server hold its memory until they have noticed.
            guard log.contains("shared memory block"), .now < deadline else {
                ClusterFolder.removeTemporary(socketFolder)
                throw .startFailed(log: log)
            }
            server = try launch(programs, user, socketFolder)
        }
        Logger.current.info(
            "private cluster started", metadata: ["pid": "\(server.pid)", "version": "\(programs.version)"])
        return server
    }

    private func launch(
        _ programs: ClusterPrograms, _ user: ClusterUser, _ socketFolder: String
    ) throws(ClusterError) -> Postmaster {
        let flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC
        let log = try check(open(folder.startLog, flags, 0o600), "open", folder.startLog)
        defer { close(log) }
        let pid = try Program.start(user.command(arguments(programs, socketFolder)), output: log)
        Thread.detachNewThread { Program.reap(pid) }
        return Postmaster(pid: pid, socketFolder: socketFolder)
    }

    /// Waits until the server answers; false if it has ended.
    func waitForAnswer(_ server: Postmaster) throws(ClusterError) -> Bool {
        var settings = ConnectionSettings(url: PrivateCluster.url(socketFolder: server.socketFolder))
        settings.connectTimeout = .seconds(2)
        let deadline = ContinuousClock.now + options.startTimeout
        while true {
            if let handle = try? Handle.connect(settings), handle.isIdle { return true }
            guard server.isRunning(folder.data) else { return false }
            guard .now < deadline else { throw .unresponsive(pid: server.pid) }
            usleep(20_000)
        }
    }

    /// Ends all sessions and the server: a fast stop, after a bound an immediate one.
    func stop() throws(ClusterError) {
        guard let server = Postmaster.running(folder.data) else { return }
        kill(server.pid, SIGINT)
        if !server.waitForEnd(folder.data, patience: options.stopTimeout) {
            Logger.current.warning("private cluster stops at once", metadata: ["pid": "\(server.pid)"])
            kill(server.pid, SIGQUIT)
            guard server.waitForEnd(folder.data, patience: .seconds(10)) else { throw .unstoppable(pid: server.pid) }
        }
        ClusterFolder.removeTemporary(server.socketFolder)
    }

    /// Makes a cluster beside its place and moves it there when it is whole.
    private func initialise(_ programs: ClusterPrograms, _ user: ClusterUser) throws(ClusterError) {
        try? FileManager.default.removeItem(atPath: folder.unfinished)
        try makeFolder(folder.unfinished, mode: 0o700)
        try user.own(folder.unfinished)
        let sync = options.durability == .disposable ? ["--no-sync"] : []
        let result = try Program.run(
            user.command(
                [
                    programs.initdb, "-D", folder.unfinished, "-U", PrivateCluster.superuser, "-E", "UTF8",
                    "--locale=C.UTF-8", "--data-checksums", "--auth=peer", "--no-instructions",
                ] + sync))
        guard result.status == 0 else { throw .initialisationFailed(result.output) }
        try check(rename(folder.unfinished, folder.data), "rename", folder.data)
    }

    /// Lets in the server's own user and root, whatever database role they ask for; nobody else reaches the socket.
    private func writeAccessRules(_ user: ClusterUser) throws(ClusterError) {
        let users = Set(["root", user.name]).sorted()
        let roles = [PrivateCluster.superuser, PrivateCluster.name]
        let map = users.flatMap { user in roles.map { role in "mentord \"\(user)\" \(role)\n" } }.joined()
        try overwrite(folder.data + "/pg_ident.conf", with: map)
        try overwrite(folder.data + "/pg_hba.conf", with: "local all all peer map=mentord\n")
    }

    /// Everything that differs from PostgreSQL's defaults. Logs carry no values: they may be people's words.
    private func arguments(_ programs: ClusterPrograms, _ socketFolder: String) -> [String] {
        let common = [
            "listen_addresses=", "port=5432", "unix_socket_directories=\(quotedIdentifier(socketFolder))",
            "unix_socket_permissions=0700",
            "cluster_name=mentord", "log_error_verbosity=terse", "log_min_error_statement=panic",
            // Where most is in memory, or on no turning disk, a page anywhere costs little more than the next one.
            "random_page_cost=1.1",
        ]
        let specific =
            switch options.durability {
            case .durable:
                [
                    "logging_collector=on", "log_filename=postgresql-%a.log", "log_rotation_age=1d",
                    "log_truncate_on_rotation=on",
                ]
            case .disposable:
                [
                    "fsync=off", "full_page_writes=off", "wal_level=minimal",
                    "max_wal_senders=0", "max_connections=400", "autovacuum=off",
                ]
            }
        return [programs.postgres, "-D", folder.data] + (common + specific).flatMap { ["-c", $0] }
    }
}
