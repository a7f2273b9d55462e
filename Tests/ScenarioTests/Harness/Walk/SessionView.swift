import Foundation
import JSONTree
import Wire

extension SessionGraph {
    /// The state in which somebody sees a session: its status, `begun` for an agreed one whose time has come, and what
    /// is open or was said.
    static func name(of view: JSON) -> String {
        let status = view["status"]?.string ?? ""
        let hasBegun = view["start"]?.string.flatMap(DateTime.parse).map { $0 < Date() } ?? false
        var words = [status == "scheduled" && hasBegun ? "begun" : status]
        if view["question"]?.string != nil { words.append("question") }
        if let slots = view["proposal"]?["slots"]?.array { words.append(slots.isEmpty ? "again" : "times") }
        let (reports, disputes) = (view["reports"].authors, view["disputes"].authors)
        if reports.contains("mentor") { words.append("told") }
        if disputes.contains("mentee") { words.append("contested") }
        if disputes.contains("mentor") { words.append("objected") }
        return words.joined(separator: "/")
    }
}

extension JSON? {
    fileprivate var authors: [String] { list.compactMap { $0["by"]?.string } }
}

extension JSON {
    /// What both people of a session must be told alike: all but what is each one's own, and when each server heard it.
    var told: JSON {
        guard let members = object else { return self }
        let common = [
            "uri", "status", "revision", "type", "topic", "message", "start", "end", "minutes", "zone", "place", "rate",
            "answer_by", "waiting_on", "proposal", "question", "ended", "reports", "disputes", "answers", "history",
        ]
        return .object(JSON.Object(common.map { ($0, members[$0]?.timeless) }))
    }

    /// Without when it was heard and what is noted for one side alone, at any depth.
    private var timeless: JSON {
        switch self {
        case .array(let elements): .array(elements.map(\.timeless))
        case .object(let members):
            .object(
                JSON.Object(
                    members.filter { !["at", "despite"].contains($0.0) }.map { ($0.0, $0.1.timeless) }))
        default: self
        }
    }
}
