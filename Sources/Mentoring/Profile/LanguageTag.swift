/// A language as BCP 47 writes it in short: language, then perhaps script and region (`es`, `zh-Hant`, `pt-BR`,
/// `es-419`).
package struct LanguageTag: Hashable, Sendable, CustomStringConvertible {
    /// In the customary case of RFC 5646 section 2.1.1.
    package let text: String

    /// Reads a tag in any case; nil for variants, extensions and what has not the form of a tag. Whether a language of
    /// that code exists is not checked.
    package init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        guard let language = parts.first, (2...3).contains(language.utf8.count), Self.isLetters(language),
            parts.count <= 3
        else { return nil }
        var rest = parts.dropFirst()
        var tag = language.lowercased()
        if let script = rest.first, script.utf8.count == 4, Self.isLetters(script) {
            tag += "-" + script.prefix(1).uppercased() + script.dropFirst().lowercased()
            rest = rest.dropFirst()
        }
        if let region = rest.first {
            let isCountry = region.utf8.count == 2 && Self.isLetters(region)
            let isArea = region.utf8.count == 3 && region.utf8.allSatisfy { (0x30...0x39).contains($0) }
            guard isCountry || isArea else { return nil }
            tag += "-" + region.uppercased()
            rest = rest.dropFirst()
        }
        guard rest.isEmpty else { return nil }
        self.text = tag
    }

    package var description: String { text }

    private static func isLetters(_ text: String) -> Bool {
        text.utf8.allSatisfy { (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) }
    }
}
