package import JSONTree
import SafeText

/// Finds terms of the mentoring extension in a document: as `mnt:term`, as the whole IRI, or under whatever prefix the
/// document's context gives the namespace.
package struct MentoringTerms: Sendable {
    private let prefixes: [String]

    /// How many prefixes of a context's own are tried. Each is looked for with each term, so there must be an end.
    private static let ownPrefixes = 4

    package init(contextOf document: JSON) {
        let own = document["@context"].list.prefix(16).lazy.compactMap(\.object).flatMap { definitions in
            definitions.lazy.filter { Self.namespace(of: $0.value) == Vocabulary.mentoring }.map { $0.key + ":" }
        }
        prefixes = ["mnt:", Vocabulary.mentoring] + own.filter { $0 != "mnt:" }.prefix(Self.ownPrefixes)
    }

    private static func namespace(of definition: JSON) -> String? { definition.string ?? definition["@id"]?.string }

    /// The value of a term on an object, nil when absent or null.
    package func value(_ term: String, of object: JSON) -> JSON? {
        for prefix in prefixes {
            if let value = object[prefix + term], !value.isNull { return value }
        }
        return nil
    }

    /// A name or code; nil when it is absent, no string, empty or longer than 100 bytes.
    func word(_ term: String, of object: JSON) -> String? {
        value(term, of: object)?.string.flatMap { (1...100).contains($0.utf8.count) ? $0 : nil }
    }

    /// One line of plain text, cleaned and cut at `limit` Unicode scalars; nil when absent or empty.
    func line(_ term: String, of object: JSON, limit: Int) -> String? {
        guard let text = value(term, of: object)?.string.map(cleanLine), !text.isEmpty else { return nil }
        return cleanLine(String(String.UnicodeScalarView(text.unicodeScalars.prefix(limit))))
    }

    /// What people read of a session's type: its label, or else its name.
    func kindLabel(of object: JSON) -> String? {
        line("sessionKindLabel", of: object, limit: 100)
            ?? word("sessionKind", of: object).map(cleanLine).flatMap { $0.isEmpty ? nil : $0 }
    }
}
