package import Foundation
package import JSONTree
import SafeText
package import Wire

/// Tolerant reading: any property may be absent, a scalar, an object or an array; ids may be strings or objects that
/// carry an `id` (ActivityStreams 2.0 section 4, as servers really use it).
extension JSON {
    /// The URI that this value is or names.
    package var uri: URI? {
        if let string { return URI(string) }
        return object?["id"]?.string.flatMap { URI($0) }
    }

    /// The one URI of a property; nil when there is none or more than one.
    package func uri(_ key: String) -> URI? {
        let values = self[key]?.list ?? []
        guard values.count == 1, let value = values.first else { return nil }
        return value.uri
    }

    /// All addressees of `to`, `cc` and `audience`, at most 100.
    package var addressees: [String] {
        ["to", "cc", "audience"].flatMap { self[$0]?.list ?? [] }.prefix(100).compactMap { $0.string ?? $0.uri?.string }
    }

    /// The first type that this value names.
    package var type: String? { (self["type"]?.list ?? []).lazy.compactMap(\.string).first }

    package func date(_ key: String) -> Date? { self[key]?.string.flatMap(DateTime.parse) }

    /// The readable text of a natural-language property: its plain or first mapped value without mark-up, cut at
    /// `limit` characters; nil when absent or empty.
    package func text(_ key: String, limit: Int) -> String? {
        let mapped = self[key + "Map"]?.object?.lazy.compactMap(\.value.string).first
        guard let html = (self[key]?.list ?? []).lazy.compactMap(\.string).first ?? mapped else { return nil }
        let text = String(plainText(fromHTML: html).prefix(limit))
        return text.isEmpty ? nil : text
    }
}
