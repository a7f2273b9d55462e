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
        destroyLeftovers(in: FileManager.default.temporaryDirectory.path)
        let folder = newFolder(name: "shared")
        running.withLock { $0 = (folder, nil) }
        atexit { DisposableCluster.destroy() }

        var options = PrivateCluster.Options()
        options.durability = .disposable
        let cluster = try await PrivateCluster.open(in: folder, role: .owner, options: options)
        running.withLock { $0 = (folder, cluster) }
        return await cluster.administratorSettings
    }

    /// A path for a cluster of one test. What runs there is destroyed by a later run if this process is killed.
    static func newFolder(name: String) -> String {
        let parent = FileManager.default.temporaryDirectory.path
        return "\(parent)/\(prefix)\(getpid())-\(name)-\(UUID().uuidString.prefix(8))"
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

/// Runs `body` with a path at which a private cluster can be opened; afterwards the folder is removed, and killed
/// whatever server still runs in it.
@discardableResult
package func withClusterFolder<Success>(
    name: String = "cluster", _ body: (String) async throws -> Success
) async throws -> Success {
    let folder = DisposableCluster.newFolder(name: name)
    defer { PrivateCluster.destroy(folder) }
    return try await body(folder)
}
