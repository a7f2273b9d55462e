import Mentoring
import Wire

/// What changed in a workspace, in words for the other of the two.
struct WorkspaceMessage {
    let topic: String
    /// Who changed it.
    let other: String
    let parts: [Workspace.Part]
    /// Where the session is shown.
    let page: URI

    /// Plain text, one paragraph a piece.
    var text: String {
        let events = parts.compactMap(\.event).map { "\(other) says that you have \($0)." }
        let things = parts.compactMap(\.thing)
        let sentence = things.isEmpty ? [] : ["\(other) has changed \(Self.list(things))."]
        return ((events + sentence) + ["About: \(topic)", page.string]).joined(separator: "\n\n")
    }

    private static func list(_ things: [String]) -> String {
        guard let last = things.last, things.count > 1 else { return things.first ?? "" }
        return "\(things.dropLast().joined(separator: ", ")) and \(last)"
    }
}

extension Workspace.Part {
    fileprivate var event: String? {
        switch self {
        case .start: "begun"
        case .end: "ended"
        default: nil
        }
    }

    fileprivate var thing: String? {
        switch self {
        case .start, .end: nil
        case .notes: "your shared notes"
        case .agenda: "the agenda"
        case .links: "the links"
        case .checklist: "a checklist"
        case .topics: "the topics"
        case .actions: "what is to do"
        }
    }
}
