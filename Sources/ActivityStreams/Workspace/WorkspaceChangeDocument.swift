package import Foundation
package import JSONTree
import Wire

/// One of the changes that the mentor's community asks the requester's to make (`mnt:changes`).
package struct WorkspaceChangeDocument: Equatable, Sendable {
    package static let most = 200

    /// Counts the changes of one session at the mentor's community.
    package var number: Int
    package var id: UUID
    package var at: Date?
    /// `add`, `edit`, `tick`, `place`, `remove`, `write`, `start` or `end`.
    package var verb: String
    /// What is added, or how an item reads now.
    package var item: WorkspaceItemDocument?
    /// Which item is meant.
    package var target: UUID?
    package var isDone: Bool?
    package var before: UUID?
    /// Notes.
    package var text: String?
    package var upon: UUID?
    /// Of a start or an end.
    package var time: Date?

    package init(
        number: Int, id: UUID, at: Date?, verb: String, item: WorkspaceItemDocument? = nil, target: UUID? = nil,
        isDone: Bool? = nil, before: UUID? = nil, text: String? = nil, upon: UUID? = nil, time: Date? = nil
    ) {
        self.number = number
        self.id = id
        self.at = at
        self.verb = verb
        self.item = item
        self.target = target
        self.isDone = isDone
        self.before = before
        self.text = text
        self.upon = upon
        self.time = time
    }

    package init?(_ change: JSON, terms: MentoringTerms) {
        guard let number = terms.value("number", of: change)?.int, let id = terms.id("id", of: change),
            let verb = terms.word("do", of: change)
        else { return nil }
        self.init(
            number: number, id: id, at: terms.time("at", of: change), verb: verb,
            item: terms.value("item", of: change).flatMap { WorkspaceItemDocument($0, terms: terms) },
            target: terms.id("target", of: change), isDone: terms.value("done", of: change)?.bool,
            before: terms.id("before", of: change), text: terms.value("text", of: change)?.string,
            upon: terms.id("upon", of: change), time: terms.time("time", of: change))
    }

    /// The changes of an Offer.
    package static func list(of document: JSON, terms: MentoringTerms) -> [WorkspaceChangeDocument] {
        terms.value("changes", of: document).list.prefix(most).compactMap {
            WorkspaceChangeDocument($0, terms: terms)
        }
    }

    package var json: JSON {
        [
            "mnt:number": .int(number), "mnt:id": .string(id.uuidString.lowercased()),
            "mnt:at": at.map { .string(DateTime.format($0)) }, "mnt:do": .string(verb), "mnt:item": item?.json,
            "mnt:target": target.map { .string($0.uuidString.lowercased()) }, "mnt:done": isDone.map { .bool($0) },
            "mnt:before": before.map { .string($0.uuidString.lowercased()) }, "mnt:text": text.map { .string($0) },
            "mnt:upon": upon.map { .string($0.uuidString.lowercased()) },
            "mnt:time": time.map { .string(DateTime.format($0)) },
        ]
    }
}
