internal import Foundation
internal import Glibc

extension PrivateCluster {
    /// Kills the server of a disposable cluster and removes its folder. Blocks for at most five seconds.
    package nonisolated static func destroy(_ folder: String) {
        guard let folder = resolved(folder) else { return }
        let data = folder + "/cluster"
        if let server = Postmaster.running(data) {
            kill(server.pid, SIGQUIT)
            _ = server.waitForEnd(data, patience: .seconds(5))
        }
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Whether a living process owns the cluster in `folder`.
    package nonisolated static func isOwned(_ folder: String) -> Bool {
        do throws(ClusterError) {
            return try FileLock.take(.exclusive, folder + "/owner.lock", owner: nil) == nil
        } catch {
            return false
        }
    }
}
