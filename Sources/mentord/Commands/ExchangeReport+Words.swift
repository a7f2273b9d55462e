import JSONTree
import Store
import Wire

extension ExchangeReport {
    /// One line for people.
    var columns: String {
        let theirs =
            switch followed {
            case .accepted: "\(known) of \(listed) mentors known here"
            case .pending: "has not agreed yet"
            case .refused: "does not agree"
            case .no: "not followed"
            }
        let ours =
            switch following {
            case .accepted: "follows us"
            case .pending: "waits for 'mentord community accept'"
            case .no, .refused: "does not follow us"
            }
        let read = readAt.map { "read \(DateTime.format($0))" } ?? "never read"
        return [host, name, theirs, ours, read, failure ?? ""].joined(separator: "\t")
    }

    /// The same for programs.
    var line: String {
        let object: JSON = [
            "host": .string(host), "name": .string(name), "followed": .string(followed.rawValue),
            "following": .string(following.rawValue), "listed": .int(listed), "known": .int(known),
            "read_at": readAt.map { .string(DateTime.format($0)) } ?? .null,
            "tried_at": triedAt.map { .string(DateTime.format($0)) } ?? .null,
            "failure": failure.map { .string($0) } ?? .null,
        ]
        return object.serializedText()
    }
}
