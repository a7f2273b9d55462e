/// The languages in which people can act on sessions by what they write.
package enum TalkLanguage: String, CaseIterable, Sendable {
    case english = "en"
    case spanish = "es"

    /// - Parameter tag: a language tag (RFC 5646). Whoever prefers another language is spoken to in English.
    package init(tag: String?) {
        let primary = tag?.lowercased().prefix { $0 != "-" }
        self = primary.flatMap { Self(rawValue: String($0)) } ?? .english
    }
}
