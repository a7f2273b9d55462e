import Foundation

/// How reasons are put into words.
enum MatchWords {
    /// `a`, `a and b`, `a, b and c`.
    static func list(_ words: [String]) -> String {
        guard let last = words.last, words.count > 1 else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " and " + last
    }

    /// `Spanish`; a language without an English name stays what it is.
    static func language(_ tag: LanguageTag) -> String {
        Locale(identifier: "en").localizedString(forLanguageCode: tag.language) ?? tag.text
    }

    static func style(_ style: MentoringStyle) -> String {
        switch style {
        case .async: "in writing"
        case .scheduled: "at agreed times"
        case .casual: "by a talk now and then"
        }
    }
}

extension LanguageTag {
    /// Without script and region.
    package var language: String { text.split(separator: "-").first.map(String.init) ?? text }
}
