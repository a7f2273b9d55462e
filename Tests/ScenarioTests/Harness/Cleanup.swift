import Foundation
import PostgreSQL
import Synchronization

/// Leaves nothing behind: folders lie in one of this process's own below the temporary folder, which is removed with
/// every cluster in it when the process exits, or by the next run if this one is killed.
enum Cleanup {
    private static let processes = Mutex<Set<pid_t>>([])
    private static let prefix = "mentord-scenarios-"

    /// Passable for the user as whom PostgreSQL runs when root runs the tests.
    private static let root: String = {
        let temporary = FileManager.default.temporaryDirectory.path
        for name in (try? FileManager.default.contentsOfDirectory(atPath: temporary)) ?? [] {
            guard name.hasPrefix(prefix), let pid = pid_t(name.dropFirst(prefix.count)) else { continue }
            if kill(pid, 0) != 0 && errno == ESRCH { remove(folder: "\(temporary)/\(name)") }
        }
        let folder = "\(temporary)/\(prefix)\(getpid())"
        mkdir(folder, 0o711)
        atexit { Cleanup.everything() }
        return folder
    }()

    /// A new folder.
    static func makeFolder(_ name: String) -> String {
        let folder = "\(root)/\(name)-\(UUID().uuidString.prefix(8).lowercased())"
        mkdir(folder, 0o711)
        return folder
    }

    static func remember(process: pid_t) { processes.withLock { _ = $0.insert(process) } }

    static func forget(process: pid_t) { processes.withLock { _ = $0.remove(process) } }

    /// Stops the clusters below a folder, whichever process has started them, and removes it.
    static func remove(folder: String) {
        let files = FileManager.default.enumerator(atPath: folder)
        while let path = files?.nextObject() as? String {
            guard URL(fileURLWithPath: path).lastPathComponent == "postgresql" else { continue }
            files?.skipDescendants()
            PrivateCluster.destroy("\(folder)/\(path)")
        }
        try? FileManager.default.removeItem(atPath: folder)
    }

    private static func everything() {
        for process in processes.withLock(\.self) { kill(process, SIGKILL) }
        remove(folder: root)
    }
}
