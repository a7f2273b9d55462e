package import Foundation
package import JSONTree
package import Wire

/// What two people keep about their session, as the requester's community tells the mentor's: the whole of it, as a
/// `Document` in the context of the Event.
package struct WorkspaceDocument: Equatable, Sendable {
    /// More items than any server keeps.
    static let mostItems = 400

    package struct Notes: Equatable, Sendable {
        package var id: UUID
        package var number: Int
        /// Markdown.
        package var text: String
        package var by: String
        package var at: Date?

        package init(id: UUID, number: Int, text: String, by: String, at: Date?) {
            self.id = id
            self.number = number
            self.text = text
            self.by = by
            self.at = at
        }
    }

    package var id: URI?
    package var owner: URI
    package var mentor: URI?
    /// The Event.
    package var session: URI
    package var updated: Date?
    package var version: Int
    package var heard: Int
    package var startedAt: Date?
    package var endedAt: Date?
    package var notes: Notes?
    package var items: [WorkspaceItemDocument]
    package var setAside: [UUID]

    package init(
        id: URI?, owner: URI, mentor: URI?, session: URI, updated: Date?, version: Int, heard: Int,
        startedAt: Date?, endedAt: Date?, notes: Notes?, items: [WorkspaceItemDocument], setAside: [UUID]
    ) {
        self.id = id
        self.owner = owner
        self.mentor = mentor
        self.session = session
        self.updated = updated
        self.version = version
        self.heard = heard
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.notes = notes
        self.items = items
        self.setAside = setAside
    }

    /// nil for another kind of document.
    package init?(_ document: JSON, terms: MentoringTerms) {
        guard document.type == "Document", let owner = document.uri("attributedTo"),
            let session = document.uri("context"), let version = terms.value("version", of: document)?.int
        else { return nil }
        self.init(
            id: document.id, owner: owner, mentor: document.uri("to"), session: session,
            updated: document.date("updated"), version: version, heard: terms.value("heard", of: document)?.int ?? 0,
            startedAt: terms.time("startedAt", of: document), endedAt: terms.time("endedAt", of: document),
            notes: terms.value("notes", of: document).flatMap { Notes($0, terms: terms) },
            items: terms.value("items", of: document).list.prefix(Self.mostItems).compactMap {
                WorkspaceItemDocument($0, terms: terms)
            },
            setAside: terms.value("setAside", of: document).list.prefix(100).compactMap {
                $0.string.flatMap(UUID.init(uuidString:))
            })
    }

    /// Without `@context`, addressed to the mentor alone.
    package var json: JSON {
        [
            "id": id.map { .string($0.string) }, "type": "Document", "attributedTo": .string(owner.string),
            "name": "Workspace of a mentoring session", "context": .string(session.string),
            "to": .array(mentor.map { [.string($0.string)] } ?? []), "cc": [],
            "updated": updated.map { .string(DateTime.format($0)) }, "mnt:version": .int(version),
            "mnt:heard": .int(heard), "mnt:startedAt": startedAt.map { .string(DateTime.format($0)) },
            "mnt:endedAt": endedAt.map { .string(DateTime.format($0)) }, "mnt:notes": notes?.json,
            "mnt:items": .array(items.map(\.json)),
            "mnt:setAside": .array(setAside.map { .string($0.uuidString.lowercased()) }),
        ]
    }
}

extension WorkspaceDocument.Notes {
    init?(_ notes: JSON, terms: MentoringTerms) {
        guard let id = terms.id("id", of: notes), let text = terms.value("text", of: notes)?.string else { return nil }
        self.init(
            id: id, number: terms.value("number", of: notes)?.int ?? 1, text: text,
            by: terms.word("by", of: notes) ?? "", at: terms.time("at", of: notes))
    }

    var json: JSON {
        [
            "mnt:id": .string(id.uuidString.lowercased()), "mnt:number": .int(number), "mnt:text": .string(text),
            "mnt:by": .string(by), "mnt:at": at.map { .string(DateTime.format($0)) },
        ]
    }
}
