import Foundation
import Wire

/// Reads `2026-12-03 15:00 Europe/Berlin 45` word for word.
struct TalkTimeReader {
    let tokens: [TalkTokens.Token]
    /// Of the next word.
    private(set) var position: Int

    init(tokens: [TalkTokens.Token], position: Int) {
        self.tokens = tokens
        self.position = position
    }

    /// Whether a word can only be meant as a day, be it written in a way that is understood or not.
    static func isDay(_ token: TalkTokens.Token) -> Bool {
        let parts = token.plain.prefix(10).split { "-/.".contains($0) }
        return token.plain.first?.isNumber == true && parts.count == 3
            && parts.allSatisfy { $0.allSatisfy(\.isNumber) }
    }

    mutating func time() throws(TalkFault) -> TalkTime {
        guard let token = next() else { throw .noTime }
        let (date, rest) = (token.plain.prefix(10), token.plain.dropFirst(10))
        guard let day = CalendarDay(String(date)), rest.isEmpty || rest.first == "t" else {
            throw .noSuchDay(token.written)
        }
        if !rest.isEmpty { return try joined(day, rest.dropFirst(), token) }
        while let filler = peek(), TalkVocabulary.before.contains(filler.plain) { position += 1 }
        guard let clock = peek(), clock.plain.first?.isNumber == true else { throw .noTime }
        guard let minute = Self.minute(clock.plain) else { throw .noSuchTime(clock.written) }
        position += 1
        return TalkTime(day: day, minute: minute, zone: try zone())
    }

    /// The length in minutes, where it stands next.
    mutating func minutes() -> Int? {
        guard let token = peek() else { return nil }
        let digits = token.plain.prefix { $0.isASCII && $0.isNumber }
        let units: Set<String> = ["min", "mins", "minutes", "minutos", "m"]
        guard (1...3).contains(digits.utf8.count), let minutes = Int(digits) else { return nil }
        let rest = String(token.plain.dropFirst(digits.count))
        guard rest.isEmpty || units.contains(rest) else { return nil }
        position += 1
        if rest.isEmpty, let unit = peek(), units.contains(unit.plain) { position += 1 }
        return minutes
    }

    /// `2026-12-03T15:00`, with `Z` where it is meant so.
    private mutating func joined(
        _ day: CalendarDay, _ rest: Substring, _ token: TalkTokens.Token
    ) throws(TalkFault) -> TalkTime {
        let isUTC = rest.last == "z"
        guard let minute = Self.minute(String(isUTC ? rest.dropLast() : rest)) else { throw .noSuchTime(token.written) }
        return TalkTime(day: day, minute: minute, zone: isUTC ? .utc : try zone())
    }

    /// `15:00`, `15.30`, `15h`, `15h30`, `3pm`, `3:30pm`, `15:00:00`, as minutes since midnight.
    private static func minute(_ text: String) -> Int? {
        var text = Substring(text)
        var half: Int?
        for (suffix, hours) in [("am", 0), ("pm", 12)] where text.hasSuffix(suffix) {
            text = text.dropLast(2)
            half = hours
        }
        let parts = text.split(omittingEmptySubsequences: false) { ":.h".contains($0) }
        guard (1...3).contains(parts.count), parts.count > 1 || half != nil else { return nil }
        let numbers = parts.enumerated().map { index, part in
            index > 0 && part.isEmpty ? 0 : part.utf8.count <= 2 ? Int(part) : nil
        }
        guard var hour = numbers[0], let minute = numbers.count > 1 ? numbers[1] : 0,
            (0...59).contains(minute), numbers.count < 3 || numbers[2] == 0
        else { return nil }
        if let half {
            guard (1...12).contains(hour) else { return nil }
            hour = hour % 12 + half
        }
        return (0...23).contains(hour) ? hour * 60 + minute : nil
    }

    private mutating func zone() throws(TalkFault) -> TimeZoneName? {
        guard let token = peek() else { return nil }
        let name = token.plain
        if name == "utc" || name == "gmt" || name == "z" {
            position += 1
            return .utc
        }
        if Self.abbreviations.contains(name) || Self.isOffset(name) { throw .noSuchZone(token.written) }
        let written = token.written.trimmingCharacters(in: CharacterSet(charactersIn: "(),;.:!"))
        guard name.contains("/"), !name.contains("//"),
            name.allSatisfy({ $0.isLetter || $0.isNumber || "/_-+".contains($0) })
        else { return nil }
        guard let zone = Self.known[written.lowercased()] ?? TimeZoneName(written) else {
            throw .noSuchZone(token.written)
        }
        position += 1
        return zone
    }

    /// They do not know when clocks change, or there are several of them.
    private static let abbreviations: Set<String> = [
        "cet", "cest", "eet", "eest", "wet", "west", "bst", "ist", "jst", "msk", "est", "edt", "cst", "cdt", "mst",
        "mdt",
        "pst", "pdt", "art", "brt", "clt", "cot", "pet",
    ]

    private static func isOffset(_ name: String) -> Bool {
        ["utc+", "utc-", "gmt+", "gmt-"].contains { name.hasPrefix($0) }
    }

    private static let known: [String: TimeZoneName] = Dictionary(
        TimeZone.knownTimeZoneIdentifiers.compactMap { name in TimeZoneName(name).map { (name.lowercased(), $0) } },
        uniquingKeysWith: { first, _ in first })

    private func peek() -> TalkTokens.Token? { position < tokens.count ? tokens[position] : nil }

    private mutating func next() -> TalkTokens.Token? {
        guard let token = peek() else { return nil }
        position += 1
        return token
    }
}
