import Dispatch
import Foundation
import PostgreSQL
import Synchronization

/// The folder and the processes of one run. Nothing of them outlives it: they end with ``remove()``, also after a
/// signal. Where this program is killed the processes end by themselves, because their standard input ends, and the
/// next run removes the folder.
final class Workshop: Sendable {
    let folder: String
    private let children = Mutex<Set<pid_t>>([])

    private static let prefix = "mentord-bench-"

    init() throws {
        let temporary = FileManager.default.temporaryDirectory.path
        Self.removeFoldersOfTheDead(in: temporary)
        folder = "\(temporary)/\(Self.prefix)\(getpid())"
        // PostgreSQL, which runs as another user where root runs this, must be able to pass.
        guard mkdir(folder, 0o711) == 0 else { throw BenchFailure.refused("The folder \(folder) cannot be made.") }
        Task { await endWithSignal() }
    }

    private static func removeFoldersOfTheDead(in temporary: String) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: temporary)) ?? [] {
            guard name.hasPrefix(prefix), let process = pid_t(name.dropFirst(prefix.count)) else { continue }
            guard kill(process, 0) != 0, errno == ESRCH else { continue }
            PrivateCluster.destroy("\(temporary)/\(name)/data/postgresql")
            try? FileManager.default.removeItem(atPath: "\(temporary)/\(name)")
        }
    }

    private func endWithSignal() async {
        let (signals, continuation) = AsyncStream.makeStream(of: Int32.self)
        let sources = [SIGINT, SIGTERM, SIGHUP].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number)
            source.setEventHandler { continuation.yield(number) }
            source.resume()
            return source
        }
        for await number in signals {
            remove()
            exit(128 + number)
        }
        for source in sources { source.cancel() }
    }

    /// The data folder of the server.
    var data: String { folder + "/data" }

    /// Ends what still runs and removes the folder.
    func remove() {
        // Held all the while: nobody ends this program before all of it is gone.
        children.withLock { children in
            for child in children { kill(child, SIGKILL) }
            children = []
            PrivateCluster.destroy(data + "/postgresql")
            try? FileManager.default.removeItem(atPath: folder)
        }
    }

    func remember(_ child: pid_t) { children.withLock { _ = $0.insert(child) } }

    func forget(_ child: pid_t) { children.withLock { _ = $0.remove(child) } }
}
