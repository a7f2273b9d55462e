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

    package func date(_ key: String) -> Date? { self[key]?.string.flatMap(DateTime.parse) }

    /// The readable text of a natural-language property: its plain or first mapped value without mark-up, cut at
    /// `limit` Unicode scalars; nil when absent or empty.
    package func text(_ key: String, limit: Int) -> String? {
        let mapped = self[key + "Map"]?.object?.lazy.compactMap(\.value.string).first
        guard let html = self[key].list.lazy.compactMap(\.string).first ?? mapped else { return nil }
        return readableText(html, limit: limit)
    }
}

/// The text of HTML or of plain text, cut at `limit` Unicode scalars; nil when nothing is left.
func readableText(_ html: String, limit: Int) -> String? {
    let text = plainText(fromHTML: html, limit: limit)
    return text.isEmpty ? nil : text
}
