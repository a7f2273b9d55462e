package import Foundation
package import JSONTree
import SafeText
package import Wire

/// Tolerant reading: any property may be absent, a scalar, an object or an array; ids may be strings or objects that
/// carry an `id` (ActivityStreams 2.0 section 4, as servers really use it). What has a wrong type counts as absent.
extension JSON {
    /// The `id` of an object.
    package var id: URI? { self["id"]?.string.flatMap { URI($0) } }

    /// The URI that this value is or names.
    package var uri: URI? {
        if let string { return URI(string) }
        return id
    }

    /// The one URI of a property; nil when there is none or more than one.
    package func uri(_ key: String) -> URI? {
        let values = self[key].list
        guard values.count == 1, let value = values.first else { return nil }
        return value.uri
    }

    /// The first address of a property that may hold URIs and `Link` objects.
    package func link(_ key: String) -> URI? {
        self[key].list.prefix(20).lazy.compactMap { $0["href"]?.string.flatMap { URI($0) } ?? $0.uri }.first
    }

    /// All addressees of `to`, `cc` and `audience`, at most 100.
    package var addressees: [String] {
        ["to", "cc", "audience"].flatMap { self[$0].list }.prefix(100).compactMap { $0.string ?? $0.id?.string }
    }

    /// The first type that this value names.
    package var type: String? { self["type"].list.lazy.compactMap(\.string).first }

    /// The first type that is one of these; others beside it mean nothing here.
    func knownType<Kind: RawRepresentable<String>>(_ kinds: Kind.Type) -> Kind? {
        self["type"].list.prefix(10).lazy.compactMap { $0.string.flatMap(Kind.init(rawValue:)) }.first
    }

    package func date(_ key: String) -> Date? { self[key]?.string.flatMap(DateTime.parse) }

    /// The readable text of a natural-language property: its plain or first mapped value without mark-up, cut at
    /// `limit` Unicode scalars; nil when absent or empty.
    package func text(_ key: String, limit: Int) -> String? {
        let mapped = self[key + "Map"]?.object?.lazy.compactMap(\.value.string).first
        guard let html = self[key].list.lazy.compactMap(\.string).first ?? mapped else { return nil }
        return readableText(html, limit: limit)
    }

    /// The same in one line, for names that some servers write as HTML.
    package func title(_ key: String, limit: Int) -> String? {
        text(key, limit: limit).map(cleanLine)
    }

    /// One line of plain text of a natural-language property that is not HTML, such as `name`, cleaned and cut at
    /// `limit` Unicode scalars; nil when absent or empty.
    func line(_ key: String, limit: Int) -> String? {
        plainValue(key).map { cleaned($0, to: limit, by: cleanLine) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Like ``line(_:limit:)``, with its lines.
    func block(_ key: String, limit: Int) -> String? {
        plainValue(key).map { cleaned($0, to: limit, by: cleanBlock) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    private func plainValue(_ key: String) -> String? {
        self[key].list.lazy.compactMap(\.string).first
            ?? self[key + "Map"]?.object?.lazy.compactMap(\.value.string).first
    }

    /// A number of things or people: exact, not negative, and small enough that sums of many stay exact.
    func count(_ key: String) -> Int? {
        self[key]?.int.flatMap { (0...Int(Int32.max)).contains($0) ? $0 : nil }
    }

    /// The first URI that a property holds or names.
    func firstURI(_ key: String) -> URI? {
        self[key].list.prefix(20).lazy.compactMap(\.uri).first
    }
}

/// What a cut leaves at the end is cleaned away, so that reading what was written gives the same.
private func cleaned(_ text: String, to limit: Int, by clean: (String) -> String) -> String {
    let text = clean(text)
    guard text.unicodeScalars.count > limit else { return text }
    return clean(String(String.UnicodeScalarView(text.unicodeScalars.prefix(limit))))
}

/// The text of HTML or of plain text, cut at `limit` Unicode scalars; nil when nothing is left.
func readableText(_ html: String, limit: Int) -> String? {
    let text = plainText(fromHTML: html, limit: limit)
    return text.isEmpty ? nil : text
}

/// The same in one line.
func readableTitle(_ html: String, limit: Int) -> String? {
    readableText(html, limit: limit).map(cleanLine)
}
