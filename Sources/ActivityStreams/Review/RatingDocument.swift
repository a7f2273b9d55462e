package import Foundation
package import JSONTree
import SafeText
package import Wire

/// What somebody thinks of the other side of a session: a private Note with `mnt:rating`.
package struct RatingDocument: Equatable, Sendable {
    package var id: URI
    package var author: URI
    package var subject: URI
    /// The Event.
    package var session: URI
    package var published: Date?
    /// 1 to 5, with at most one digit behind the point.
    package var overall: Double
    /// By term without its prefix.
    package var scores: [String: Int]
    /// Plain text; HTML on the wire.
    package var words: String
    package var isPublic: Bool
    /// So that nobody finds the Note by its digest.
    package var salt: String

    package init(
        id: URI, author: URI, subject: URI, session: URI, published: Date?, overall: Double, scores: [String: Int],
        words: String, isPublic: Bool, salt: String
    ) {
        self.id = id
        self.author = author
        self.subject = subject
        self.session = session
        self.published = published
        self.overall = overall
        self.scores = scores
        self.words = words
        self.isPublic = isPublic
        self.salt = salt
    }

    /// Reads a Note of any server; nil for one that is no rating of a session.
    ///
    /// - Parameter names: the scores to look for.
    package init?(_ note: JSON, terms: MentoringTerms, names: [String]) {
        guard note.type == "Note", let id = note.id, let author = note.uri("attributedTo"),
            let session = note.uri("context"), let overall = terms.value("rating", of: note)?.double
        else { return nil }
        let given = terms.value("scores", of: note)
        let scores = names.compactMap { name in
            given.flatMap { terms.value(name, of: $0)?.int }.map { (name, $0) }
        }
        self.init(
            id: id, author: author, subject: note.uri("to") ?? author, session: session,
            published: note.date("published"), overall: overall, scores: Dictionary(scores) { first, _ in first },
            words: note.text("content", limit: 5000) ?? "", isPublic: terms.value("isPublic", of: note)?.bool ?? false,
            salt: terms.word("salt", of: note) ?? "")
    }

    /// The Note without `@context`. Its canonical form (RFC 8785) is what the digest of the promise is made of.
    package var json: JSON {
        var object = JSON.Object()
        object["id"] = .string(id.string)
        object["type"] = "Note"
        object["attributedTo"] = .string(author.string)
        object["to"] = [.string(subject.string)]
        object["cc"] = []
        object["context"] = .string(session.string)
        object["content"] = .string(paragraphs(fromPlainText: words))
        object["published"] = published.map { .string(DateTime.format($0)) }
        object["mnt:rating"] = .double(overall)
        object["mnt:scores"] = .object(
            JSON.Object(scores.sorted { $0.key < $1.key }.map { ("mnt:\($0.key)", JSON.int($0.value)) }))
        object["mnt:isPublic"] = .bool(isPublic)
        object["mnt:salt"] = .string(salt)
        return .object(object)
    }
}

/// That somebody has rated a session, without what they gave: the Note's id and its digest.
package struct RatingPromiseDocument: Equatable, Sendable {
    package var id: URI
    package var author: URI
    package var session: URI
    /// SHA-256 in hexadecimal.
    package var digest: String

    package init(id: URI, author: URI, session: URI, digest: String) {
        self.id = id
        self.author = author
        self.session = session
        self.digest = digest
    }

    package init?(_ note: JSON, terms: MentoringTerms) {
        guard note.type == "Note", let id = note.id, let author = note.uri("attributedTo"),
            let session = note.uri("context"), let digest = terms.word("digest", of: note)
        else { return nil }
        self.init(id: id, author: author, session: session, digest: digest)
    }

    package var json: JSON {
        [
            "id": .string(id.string), "type": "Note", "attributedTo": .string(author.string),
            "context": .string(session.string), "mnt:digest": .string(digest),
        ]
    }
}
