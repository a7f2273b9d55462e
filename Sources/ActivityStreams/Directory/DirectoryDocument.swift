package import Foundation
package import JSONTree
package import Wire

/// A community's directory of mentors, written. It is read as a ``CollectionDocument`` of ``DirectoryItem``s.
package enum DirectoryDocument {
    /// - Parameter revision: how often the directory has changed.
    package static func collection(id: URI, count: Int, revision: Int, first: String) -> JSON {
        [
            "@context": Vocabulary.directoryContext, "id": .string(id.string), "type": "OrderedCollection",
            "totalItems": .int(count), "mnt:revision": .int(revision), "first": .string(first),
        ]
    }

    /// How often a directory of another server has changed; nil where that does not count.
    package static func revision(of document: JSON, most: Int) -> Int? {
        revision(MentoringTerms(contextOf: document), document, most: most)
    }

    /// The count that a change of a directory carries.
    package static func revision(of activity: ReceivedActivity, most: Int) -> Int? {
        revision(activity.terms, activity.document, most: most)
    }

    private static func revision(_ terms: MentoringTerms, _ document: JSON, most: Int) -> Int? {
        terms.value("revision", of: document)?.int.flatMap { (0...most).contains($0) ? $0 : nil }
    }
}

/// One mentor in a directory: where they are, and when they last changed.
package struct DirectoryItem: Equatable, Sendable {
    package var id: URI
    package var updated: Date?

    package init(id: URI, updated: Date?) {
        self.id = id
        self.updated = updated
    }

    /// Reads an address or anything that has one; nil for everything else.
    package init?(_ item: JSON) {
        guard let id = item.uri else { return nil }
        self.init(id: id, updated: item.date("updated"))
    }

    package var json: JSON {
        ["id": .string(id.string), "type": "Person", "updated": updated.map { .string(DateTime.format($0)) }]
    }
}
