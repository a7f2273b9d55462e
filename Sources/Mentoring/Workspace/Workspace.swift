package import Foundation
package import Wire

/// What the two people of a session keep about it together: before (agenda, links, checklists), during (when they
/// really began and ended) and after it (notes, topics, things to do).
///
/// The mentee's community decides about it, as about the session. The mentor's community shows its own person's changes
/// at once, and makes them anew upon what it hears, until the other has heard them, too.
package struct Workspace: Hashable, Sendable {
    /// Decisions that put notes aside are told for so many.
    static let mostSetAside = 20

    /// Counts what the community that decides has changed.
    package internal(set) var version: Int
    /// The number of the newest change of the other community that it has heard.
    package internal(set) var heard: Int
    package internal(set) var notes: SharedNotes?
    /// In the order in which they are shown.
    package internal(set) var items: [WorkspaceItem]
    package internal(set) var startedAt: Date?
    /// After the start.
    package internal(set) var endedAt: Date?
    /// The newest texts of the other community that were not taken, because the notes had changed meanwhile.
    package internal(set) var setAside: [UUID]

    package init(
        version: Int = 0, heard: Int = 0, notes: SharedNotes? = nil, items: [WorkspaceItem] = [],
        startedAt: Date? = nil, endedAt: Date? = nil, setAside: [UUID] = []
    ) {
        self.version = version
        self.heard = heard
        self.notes = notes
        self.items = items
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.setAside = setAside
    }
}

extension Workspace {
    /// Counts one more change, where it is decided about them.
    package mutating func count() { if version < Session.lastRevision { version += 1 } }

    package var isInProgress: Bool { startedAt != nil && endedAt == nil }

    /// How long they met, in minutes.
    package var minutes: Int? {
        guard let startedAt, let endedAt else { return nil }
        return Int(exactly: (endedAt.timeIntervalSince(startedAt) / 60).rounded())
    }

    package func items(of kind: WorkspaceItem.Kind) -> [WorkspaceItem] { items.filter { $0.kind == kind } }

    package func item(_ id: UUID) -> WorkspaceItem? { items.first { $0.id == id } }

    /// What people would say has changed.
    package enum Part: String, CaseIterable, Sendable {
        case start, end, notes, agenda, links, checklist, topics, actions
    }

    /// In the order of ``Part``.
    package func parts(changedSince before: Workspace) -> [Part] {
        Part.allCases.filter { part in
            switch part {
            case .start: startedAt != before.startedAt
            case .end: endedAt != before.endedAt
            case .notes: notes?.text != before.notes?.text
            case .agenda: items(of: .agenda) != before.items(of: .agenda)
            case .links: items(of: .link) != before.items(of: .link)
            case .checklist: items(of: .checklist) != before.items(of: .checklist)
            case .topics: items(of: .topic) != before.items(of: .topic)
            case .actions: items(of: .action) != before.items(of: .action)
            }
        }
    }
}

/// The notes that both write, in Markdown, as they stand.
package struct SharedNotes: Hashable, Sendable {
    package static let length = 0...20_000

    package let text: String
    /// Names this version: whoever writes the next says upon which.
    package let id: UUID
    /// Counts the versions.
    package let number: Int
    package let by: Role
    package let at: Date

    package init(text: String, id: UUID, number: Int, by: Role, at: Date) {
        self.text = text
        self.id = id
        self.number = number
        self.by = by
        self.at = at
    }

    /// Notes as somebody writes them.
    /// - Throws: what is wrong in `text`.
    package static func checked(_ text: String) throws(InvalidFields) -> String {
        var checks = FieldChecks()
        let text = checks.text(text, "text", length: length, lines: .several)
        try checks.finish()
        return text
    }

    /// Notes of another community, made to fit.
    package static func heard(_ text: String) -> String {
        PlainText.fitted(text, limit: length.upperBound, lines: .several)
    }
}
