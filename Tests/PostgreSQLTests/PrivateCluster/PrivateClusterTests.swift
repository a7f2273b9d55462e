import Foundation
import Glibc
@testable import PostgreSQL
import PostgresTesting
import Testing

@Suite(.timeLimit(.minutes(2)))
struct PrivateClusterTests {
    private static let options = {
        var options = PrivateCluster.Options()
        options.durability = .disposable
        return options
    }()

    private func open(_ folder: String, _ role: PrivateCluster.Role) async throws -> PrivateCluster {
        try await PrivateCluster.open(in: folder, role: role, options: Self.options)
    }

    private func serverPID(_ folder: String) -> Int32? { Postmaster.running(folder + "/cluster")?.pid }

    private func read(_ cluster: PrivateCluster, _ sql: SQL) async throws -> String {
        let pool = Pool(await cluster.settings, size: 1)
        let result: Result<String, any Error>
        do {
            result = .success(try #require(try await pool.row(sql)).get("value"))
        } catch {
            result = .failure(error)
        }
        await pool.close()
        return try result.get()
    }

    @Test func makesAClusterThatKeepsItsDataAndStopsWithItsOwner() async throws {
        try await withClusterFolder { folder in
            let first = try await open(folder, .owner)
            let database = try await read(
                first,
                """
                select concat_ws(' ', current_database(), current_user, pg_encoding_to_char(encoding), datcollate,
                    current_setting('data_checksums'), current_setting('listen_addresses'),
                    upper('é'), (select rolsuper from pg_roles where rolname = current_user)) as value
                from pg_database where datname = current_database()
                """)
            #expect(database == "mentord mentord UTF8 C.UTF-8 on  É f")
            let pool = Pool(await first.settings, size: 1)
            try await pool.execute("create table kept as select 'x' as value")
            await pool.close()
            try await first.close()
            #expect(serverPID(folder) == nil)
            try await first.close()

            let second = try await open(folder, .owner)
            #expect(try await read(second, "select value from kept") == "x")
            try await second.close()
        }
    }

    @Test func isOutOfReachForOthers() async throws {
        try await withClusterFolder { folder in
            let cluster = try await open(folder, .owner)
            let socket = folder + "/socket"
            let attributes = try FileManager.default.attributesOfItem(atPath: socket)
            #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o700)
            if geteuid() == 0 {
                // Even somebody who could pass the folder is refused by name.
                #expect(chmod(socket, 0o755) == 0)
                #expect(chmod(socket + "/.s.PGSQL.5432", 0o777) == 0)
                let result = try Program.run([
                    "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--", "psql", "-h",
                    try #require(resolved(socket)), "-U", "mentord", "-c", "select 1",
                ])
                #expect(result.status != 0)
                #expect(result.output.contains("Peer authentication failed"))
            }
            try await cluster.close()
        }
    }

    @Test func refusesASecondOwnerAndNamesTheFirst() async throws {
        try await withClusterFolder { folder in
            let first = try await open(folder, .owner)
            let error = await #expect(throws: ClusterError.inUse(pid: getpid())) { try await open(folder, .owner) }
            #expect(error?.description.contains("\(getpid())") == true)
            #expect(try await read(first, "select 'still' as value") == "still")
            try await first.close()
        }
    }

    @Test func letsGuestsUseARunningClusterWithoutStoppingIt() async throws {
        try await withClusterFolder { folder in
            let owner = try await open(folder, .owner)
            let pid = serverPID(folder)
            let guest = try await open(folder, .guest)
            #expect(serverPID(folder) == pid)
            #expect(try await read(guest, "select 'guest' as value") == "guest")
            try await guest.close()
            #expect(serverPID(folder) == pid)
            try await owner.close()
            #expect(serverPID(folder) == nil)
        }
    }

    @Test func runsUntilItsLastUserHasLeft() async throws {
        try await withClusterFolder { folder in
            let first = try await open(folder, .guest)
            let second = try await open(folder, .guest)
            let owner = try await open(folder, .owner)
            try await first.close()
            try await owner.close()
            #expect(try await read(second, "select 'works' as value") == "works")
            try await second.close()
            #expect(serverPID(folder) == nil)
        }
    }

    @Test func takesOverWhatAKilledOwnerLeft() async throws {
        try await withClusterFolder { folder in
            await #expect(processExitsWith: .signal(SIGKILL)) { [folder = folder as String] in
                var options = PrivateCluster.Options()
                options.durability = .disposable
                let cluster = try await PrivateCluster.open(in: folder, role: .owner, options: options)
                kill(getpid(), SIGKILL)
                try await cluster.close()
            }
            let left = serverPID(folder)
            #expect(left != nil)
            let cluster = try await open(folder, .owner)
            #expect(serverPID(folder) == left)
            #expect(try await read(cluster, "select 'taken' as value") == "taken")
            try await cluster.close()
            #expect(serverPID(folder) == nil)
        }
    }

    @Test(arguments: [SIGKILL, SIGQUIT])
    func startsAgainAfterTheServerDied(_ signal: Int32) async throws {
        try await withClusterFolder { folder in
            let first = try await open(folder, .owner)
            kill(try #require(serverPID(folder)), signal)
            try await first.close()
            let second = try await open(folder, .owner)
            #expect(try await read(second, "select 'up' as value") == "up")
            try await second.close()
        }
    }

    @Test func ignoresAProcessFileThatNamesAnotherProgram() async throws {
        try await withClusterFolder { folder in
            try await open(folder, .owner).close()
            let file = folder + "/cluster/postmaster.pid"
            try overwrite(file, with: "\(getpid())\n\(folder)/cluster\n0\n5432\n/nowhere\n\n0 0\nready\n")
            try #require(chmod(file, 0o644) == 0)
            let cluster = try await open(folder, .owner)
            #expect(try await read(cluster, "select 'up' as value") == "up")
            try await cluster.close()
        }
    }

    @Test func makesANewStartAfterAnInterruptedInitialisation() async throws {
        try await withClusterFolder { folder in
            try FileManager.default.createDirectory(
                atPath: folder + "/cluster.new/base", withIntermediateDirectories: true)
            try #require(chmod(folder, 0o755) == 0)
            let cluster = try await open(folder, .owner)
            #expect(try await read(cluster, "select 'made' as value") == "made")
            try await cluster.close()
        }
    }

    @Test func namesThePackageIfThereAreNoPrograms() async throws {
        try await withClusterFolder { folder in
            var options = Self.options
            options.programFolders = ["/nonexistent.example"]
            let error = await #expect(throws: ClusterError.programsMissing) {
                try await PrivateCluster.open(in: folder, role: .owner, options: options)
            }
            #expect(error?.description.contains("apt-get install postgresql") == true)
            // The failed attempt holds no lock.
            try await open(folder, .owner).close()
        }
    }

    @Test func refusesDataOfAnotherVersion() async throws {
        try await withClusterFolder { folder in
            try await open(folder, .owner).close()
            try overwrite(folder + "/cluster/PG_VERSION", with: "9\n")
            let error = await #expect(throws: ClusterError.self) { try await open(folder, .owner) }
            guard case .versionMismatch(cluster: "9", _)? = error else { throw error ?? .busy }
        }
    }

    @Test func tellsWhyTheServerDoesNotStart() async throws {
        try await withClusterFolder { folder in
            try await open(folder, .owner).close()
            try overwrite(folder + "/cluster/postgresql.conf", with: "nonsense = 1\n")
            let error = await #expect(throws: ClusterError.self) { try await open(folder, .owner) }
            guard case .startFailed(let log)? = error else { throw error ?? .busy }
            #expect(log.contains("nonsense"))
        }
    }

    @Test func findsAnotherPlaceForTheSocketIfThePathIsTooLong() async throws {
        try await withClusterFolder(name: String(repeating: "long", count: 30)) { folder in
            let owner = try await open(folder, .owner)
            let socket = try #require(Postmaster.running(folder + "/cluster")).socketFolder
            #expect(socket.utf8.count < 92 && !socket.hasPrefix(folder))
            let attributes = try FileManager.default.attributesOfItem(atPath: socket)
            #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o700)
            let guest = try await open(folder, .guest)
            #expect(try await read(guest, "select 'short' as value") == "short")
            try await guest.close()
            try await owner.close()
            #expect(!FileManager.default.fileExists(atPath: socket))
        }
    }

    @Test(arguments: ["it's \"odd\" \\ ä,b", " "])
    func takesFoldersWithOddNames(_ name: String) async throws {
        try await withClusterFolder { folder in
            let cluster = try await open(folder + "/" + name, .owner)
            #expect(try await read(cluster, "select 'odd' as value") == "odd")
            try await cluster.close()
        }
    }

    @Test(.enabled(if: geteuid() == 0)) func namesTheFirstFolderThatTheServersUserCannotEnter() async throws {
        try await withClusterFolder { folder in
            let closed = folder + "/closed"
            try FileManager.default.createDirectory(atPath: closed + "/data", withIntermediateDirectories: true)
            #expect(chmod(closed, 0o700) == 0)
            let real = try #require(resolved(closed))
            await #expect(throws: ClusterError.unreachable(folder: real, user: "postgres")) {
                try await open(closed + "/data", .owner)
            }
        }
    }

    @Test func closesWhenTheBodyFails() async throws {
        struct Refusal: Error {}
        try await withClusterFolder { folder in
            await #expect(throws: Refusal.self) {
                try await PrivateCluster.with(folder, role: .owner, options: Self.options) { _ in throw Refusal() }
            }
            #expect(serverPID(folder) == nil)
            try await open(folder, .owner).close()
        }
    }

}
