import JSONTree
import Synchronization

/// What the servers of one community have logged so far, across restarts.
final class Log: Sendable {
    private let lines = Mutex<[JSON]>([])

    func append(_ line: String) {
        let entry = (try? JSON.parse(Array(line.utf8))) ?? .string(line)
        lines.withLock { $0.append(entry) }
    }

    var count: Int { lines.withLock { $0.count } }

    /// The lines with a message, oldest first, of those after the first `start`.
    func entries(_ message: String, after start: Int = 0) -> [JSON] {
        lines.withLock { lines in lines.dropFirst(start).filter { $0["message"]?.string == message } }
    }

    /// What was sent of an activity, a line for each attempt.
    func sent(_ activity: String) -> [JSON] { entries("sent").filter { $0["activity"]?.string == activity } }

    /// What was taken from others of an activity, a line for each time that it came.
    func received(_ activity: String) -> [JSON] { entries("received").filter { $0["activity"]?.string == activity } }

    /// The last lines as text, for failures.
    var tail: String {
        lines.withLock { lines in lines.suffix(15).map { $0.serializedText() }.joined(separator: "\n") }
    }
}
