package import Foundation
package import JSONTree
package import Wire

/// One line of what two people keep about a session (`mnt:items`).
package struct WorkspaceItemDocument: Equatable, Sendable {
    package var id: UUID
    /// `agenda`, `link`, `checklist`, `topic` or `action`.
    package var kind: String
    /// `requester` or `mentor`.
    package var by: String
    package var at: Date?
    package var text: String
    package var link: URI?
    /// `requester`, `mentor` or `both`.
    package var doer: String?
    /// A date of RFC 3339.
    package var due: String?
    package var doneBy: String?
    package var doneAt: Date?

    package init(
        id: UUID, kind: String, by: String, at: Date?, text: String, link: URI? = nil, doer: String? = nil,
        due: String? = nil, doneBy: String? = nil, doneAt: Date? = nil
    ) {
        self.id = id
        self.kind = kind
        self.by = by
        self.at = at
        self.text = text
        self.link = link
        self.doer = doer
        self.due = due
        self.doneBy = doneBy
        self.doneAt = doneAt
    }

    /// nil for what lacks an id, a kind or a text.
    package init?(_ item: JSON, terms: MentoringTerms) {
        guard let id = terms.id("id", of: item), let kind = terms.word("kind", of: item),
            let text = terms.line("text", of: item, limit: 1000)
        else { return nil }
        self.init(
            id: id, kind: kind, by: terms.word("by", of: item) ?? "", at: terms.time("at", of: item), text: text,
            link: terms.value("link", of: item)?.string.flatMap { URI($0) }, doer: terms.word("for", of: item),
            due: terms.word("due", of: item), doneBy: terms.word("doneBy", of: item),
            doneAt: terms.time("doneAt", of: item))
    }

    package var json: JSON {
        [
            "mnt:id": .string(id.uuidString.lowercased()), "mnt:kind": .string(kind), "mnt:by": .string(by),
            "mnt:at": at.map { .string(DateTime.format($0)) }, "mnt:text": .string(text),
            "mnt:link": link.map { .string($0.string) }, "mnt:for": doer.map { .string($0) },
            "mnt:due": due.map { .string($0) }, "mnt:doneBy": doneBy.map { .string($0) },
            "mnt:doneAt": doneAt.map { .string(DateTime.format($0)) },
        ]
    }
}

extension MentoringTerms {
    func id(_ term: String, of object: JSON) -> UUID? { word(term, of: object).flatMap(UUID.init(uuidString:)) }

    func time(_ term: String, of object: JSON) -> Date? { word(term, of: object).flatMap(DateTime.parse) }
}
