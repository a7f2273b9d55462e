import Foundation

/// The words of what somebody wrote, those left out by which only others are named.
struct TalkTokens {
    struct Token: Hashable {
        let written: String
        /// Without case, accents, and signs around it.
        let plain: String
        /// Whether something new begins after it.
        let endsClause: Bool
    }

    /// More are in no command.
    private static let most = 200

    let all: [Token]
    let hasQuestion: Bool

    init(_ text: String) {
        var tokens: [Token] = []
        var hasQuestion = false
        for line in text.prefix(4000).split(whereSeparator: \.isNewline) {
            let words = line.split(whereSeparator: \.isWhitespace).filter { !Self.isMention($0) }
            for (index, word) in words.enumerated() where tokens.count < Self.most {
                if word.contains("?") || word.contains("¿") { hasQuestion = true }
                let plain = Self.plain(word)
                let ends = word.last.map { ":,.;!-–—".contains($0) } ?? false
                if plain.isEmpty {
                    if let last = tokens.popLast() {
                        tokens.append(Token(written: last.written, plain: last.plain, endsClause: true))
                    }
                } else {
                    tokens.append(
                        Token(written: String(word), plain: plain, endsClause: ends || index == words.count - 1))
                }
            }
        }
        all = tokens
        self.hasQuestion = hasQuestion
    }

    /// The words from a place on, as they were written; nil where there are none.
    func text(from index: Int) -> String? {
        guard index < all.count else { return nil }
        return all[index...].map(\.written).joined(separator: " ")
    }

    private static func isMention(_ word: Substring) -> Bool { word.first == "@" && word.count > 1 }

    private static func plain(_ word: Substring) -> String {
        let folded = word.replacing("’", with: "'").folding(
            options: [.caseInsensitive, .diacriticInsensitive], locale: nil
        ).lowercased()
        func isSign(_ character: Character) -> Bool { !character.isLetter && !character.isNumber }
        let inner = folded.drop(while: isSign)
        guard let last = inner.lastIndex(where: { !isSign($0) }) else { return "" }
        return String(inner[...last])
    }
}
