internal import Foundation
internal import Glibc
internal import PostgreSQL
internal import Synchronization

/// A private cluster in a folder of its own below the temporary folder, for the life of this process.
enum DisposableCluster {
    /// What the exit handler is to destroy. The cluster is kept so that its locks stay held.
    private static let running = Mutex<(folder: String, cluster: PrivateCluster?)?>(nil)
    private static let prefix = "mentord-tests-"

    /// Starts the cluster; it is destroyed when the process exits, or by the next run if this one is killed.
    static func start() async throws -> ConnectionSettings {
        let temporary = FileManager.default.temporaryDirectory.path
        destroyLeftovers(in: temporary)
        let folder = "\(temporary)/\(prefix)\(getpid())-\(UUID().uuidString.prefix(8))"
        running.withLock { $0 = (folder, nil) }
        atexit { DisposableCluster.destroy() }

        var options = PrivateCluster.Options()
        options.durability = .disposable
        let cluster = try await PrivateCluster.open(in: folder, role: .owner, options: options)
        running.withLock { $0 = (folder, cluster) }
        return await cluster.administratorSettings
    }

    private static func destroy() {
        guard let folder = running.withLock({ $0?.folder }) else { return }
        PrivateCluster.destroy(folder)
    }

    /// Destroys what processes left that no longer exist.
    private static func destroyLeftovers(in temporary: String) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: temporary)) ?? []
        for name in names where name.hasPrefix(prefix) {
            guard let pid = pid_t(name.dropFirst(prefix.count).prefix { $0.isNumber }) else { continue }
            let isGone = kill(pid, 0) != 0 && errno == ESRCH
            if isGone, !PrivateCluster.isOwned("\(temporary)/\(name)") {
                PrivateCluster.destroy("\(temporary)/\(name)")
            }
        }
    }
}
