import Foundation
import JSONTree
import Markdown
import Mentoring
import Store
import Wire

/// What two people keep about their session, as one of them reads it over the API.
struct WorkspaceEntity {
    let session: Session
    let role: Role
    let stored: StoredWorkspace
    /// The reader's own.
    let note: String?
    /// Whether something of it waits for the other community.
    let isWaiting: Bool

    var json: JSON {
        let workspace = stored.workspace
        var object = JSON.Object()
        object["session"] = .string(session.id.uuidString.lowercased())
        object["role"] = .string(role.rawValue)
        object["waiting"] = .bool(isWaiting)
        object["meeting"] = Meeting(workspace)?.json ?? .null
        object["notes"] = workspace.notes.json
        object["private_notes"] = Self.privateNotes(note)
        for (name, kind) in Self.lists {
            object[name] = .array(workspace.items(of: kind).map(\.json))
        }
        return .object(object)
    }

    static func privateNotes(_ note: String?) -> JSON {
        ["text": .string(note ?? ""), "html": .string(html(fromMarkdown: note ?? ""))]
    }

    private static let lists: KeyValuePairs<String, WorkspaceItem.Kind> = [
        "agenda": .agenda, "links": .link, "checklist": .checklist, "topics": .topic, "actions": .action,
    ]
}

extension Meeting {
    init?(_ workspace: Workspace) {
        guard let start = workspace.startedAt else { return nil }
        self.init(startedAt: start, endedAt: workspace.endedAt)
    }

    var json: JSON {
        [
            "in_progress": .bool(endedAt == nil), "started_at": .string(DateTime.format(startedAt)),
            "ended_at": endedAt.map { .string(DateTime.format($0)) } ?? .null,
            "minutes": minutes.map { .int($0) } ?? .null,
        ]
    }
}

extension TimeTogether {
    var json: JSON { ["sessions": .int(sessions), "measured": .int(measured), "minutes": .int(minutes)] }
}

extension SharedNotes? {
    /// The notes with the name of their version, which who writes the next has to give.
    var json: JSON {
        [
            "text": .string(self?.text ?? ""), "html": .string(html(fromMarkdown: self?.text ?? "")),
            "version": self.map { .string($0.id.uuidString.lowercased()) } ?? .null,
            "number": .int(self?.number ?? 0), "by": self.map { .string($0.by.rawValue) } ?? .null,
            "at": self.map { .string(DateTime.format($0.at)) } ?? .null,
        ]
    }
}

extension WorkspaceItem {
    var json: JSON {
        [
            "id": .string(id.uuidString.lowercased()), "kind": .string(kind.rawValue), "by": .string(by.rawValue),
            "at": .string(DateTime.format(at)), "text": .string(words.text),
            "link": words.link.map { .string($0.string) } ?? .null,
            "for": words.doer.map { .string($0.rawValue) } ?? .null,
            "due": words.due.map { .string($0.description) } ?? .null, "done": .bool(done != nil),
            "done_by": done.map { .string($0.by.rawValue) } ?? .null,
            "done_at": done.map { .string(DateTime.format($0.at)) } ?? .null,
        ]
    }
}

extension NoteVersion {
    var json: JSON {
        [
            "version": .string(id.uuidString.lowercased()),
            "upon": upon.map { .string($0.uuidString.lowercased()) } ?? .null, "text": .string(text),
            "by": .string(by.rawValue), "at": .string(DateTime.format(at)), "fate": .string(fate.rawValue),
        ]
    }
}
