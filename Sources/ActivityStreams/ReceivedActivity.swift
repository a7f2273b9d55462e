package import Foundation
package import JSONTree
package import Wire

/// An activity as it arrived, with what every handler needs already checked.
package struct ReceivedActivity: Sendable {
    package enum Refusal: Error, Equatable, Sendable {
        case notAnObject
        /// A property that is absent, empty or of a type that it cannot have.
        case missing(String)
        /// A property with several values where one is meant.
        case several(String)
        /// An id at another origin than the actor's.
        case foreignID
    }

    package let id: URI
    package let type: String
    package let actor: URI
    package let published: Date?
    /// The object or the objects, at most 20 and at least one, as they came; never trusted where their origin is not
    /// the actor's.
    package let objects: [JSON]
    package let document: JSON
    package let terms: MentoringTerms

    /// Reads the envelope. `id`, `type`, `actor` and `object` must be there, exactly one actor, and the id must lie
    /// at the actor's origin: nobody names activities for other servers.
    package init(_ document: JSON) throws(Refusal) {
        guard document.object != nil else { throw .notAnObject }
        guard let id = document.id else { throw .missing("id") }
        guard let type = document.type else { throw .missing("type") }
        guard document["actor"].list.count <= 1 else { throw .several("actor") }
        guard let actor = document.uri("actor") else { throw .missing("actor") }
        guard id.isSameOrigin(as: actor) else { throw .foreignID }
        let objects = Array(document["object"].list.prefix(20))
        guard !objects.isEmpty else { throw .missing("object") }

        self.id = id
        self.type = type
        self.actor = actor
        self.objects = objects
        self.published = document.date("published")
        self.document = document
        self.terms = MentoringTerms(contextOf: document)
    }

    package var object: JSON { objects[0] }

    /// The type of the object, where it is embedded.
    package var objectType: String? { object.type }

    /// The revision of the session that an answer refers to.
    package var revision: Int? { terms.value("revision", of: document)?.int }

    /// A free-text reason with its code, as Reject, Delete, Offer and Update carry it.
    package var reason: ReasonDocument {
        ReasonDocument(
            text: document.text("content", limit: 5000) ?? document.text("summary", limit: 5000),
            code: terms.word("reason", of: document))
    }
}

/// Why something was declined, withdrawn or moved.
package struct ReasonDocument: Equatable, Sendable {
    /// Plain text.
    package let text: String?
    /// A value of `mnt:reason`.
    package let code: String?

    package init(text: String?, code: String?) {
        self.text = text
        self.code = code
    }
}
