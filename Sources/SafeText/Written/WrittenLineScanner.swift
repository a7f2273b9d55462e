/// Finds links, mentions and hashtags in a line. It goes forward only, and looks back or ahead no further than what it
/// finds may be long.
struct WrittenLineScanner {
    private let scalars: [Unicode.Scalar]
    private var position = 0

    private static let mostHashtagScalars = 100
    private static let mostNameScalars = 64
    private static let mostHostScalars = 255

    init(_ line: Substring) {
        scalars = Array(line.unicodeScalars)
    }

    /// - Parameter admit: whether a segment may be what it looks like; otherwise it is text.
    mutating func segments(admit: (WrittenText.Segment) -> Bool) -> WrittenText.Line {
        var segments: WrittenText.Line = []
        var textStart = 0
        while position < scalars.count {
            let start = position
            guard let segment = takeSegment(), admit(segment) else {
                position = max(position, start + 1)
                continue
            }
            if textStart < start { segments.append(.text(string(textStart..<start))) }
            segments.append(segment)
            textStart = position
        }
        if textStart < scalars.count { segments.append(.text(string(textStart..<scalars.count))) }
        return segments
    }

    /// Leaves `position` behind what need not be looked at again, also where it finds nothing.
    private mutating func takeSegment() -> WrittenText.Segment? {
        if position > 0, scalars[position - 1].isWord { return nil }
        switch scalars[position] {
        case "@": return takeMention()
        case "#": return takeHashtag()
        case "h", "H": return takeLink()
        default: return nil
        }
    }

    // MARK: Mentions

    private mutating func takeMention() -> WrittenText.Segment? {
        guard isAfterNone(of: "/@#=") else { return nil }
        let nameEnd = end(ofNameFrom: position + 1, most: Self.mostNameScalars)
        guard nameEnd > position + 1, scalars[position + 1].isASCIIWord else { return nil }
        var end = nameEnd
        var domain: String?
        if nameEnd < scalars.count, scalars[nameEnd] == "@" {
            let hostEnd = self.end(ofNameFrom: nameEnd + 1, most: Self.mostHostScalars)
            let host = scalars[(nameEnd + 1)..<hostEnd]
            let labels = host.split(separator: ".", omittingEmptySubsequences: false)
            guard labels.allSatisfy({ !$0.isEmpty }) else { return nil }
            end = self.end(ofPortFrom: hostEnd) ?? hostEnd
            domain = string((nameEnd + 1)..<end).lowercased()
        }
        guard end == scalars.count || !(scalars[end].isWord || scalars[end] == "@") else { return nil }
        let written = string(position..<end)
        let name = string((position + 1)..<nameEnd).lowercased()
        position = end
        return .mention(WrittenText.Mention(name: name, domain: domain, written: written))
    }

    /// Of letters, digits and `_`, with `-` and `.` inside; `start` if there are none, or more than `most`.
    private func end(ofNameFrom start: Int, most: Int) -> Int {
        let name = scalars[start...].prefix(most + 1).prefix { $0.isASCIIWord || $0 == "-" || $0 == "." }
        let end = name.lastIndex { $0.isASCIIWord }.map { $0 + 1 } ?? start
        return end - start > most ? start : end
    }

    /// Nil without a port; a colon may also be the sentence's.
    private func end(ofPortFrom start: Int) -> Int? {
        guard start < scalars.count, scalars[start] == ":" else { return nil }
        let digits = scalars[(start + 1)...].prefix(6).prefix { $0.isASCII && $0.properties.numericType != nil }
        guard digits.count < 6, let number = Int(String(String.UnicodeScalarView(digits))),
            (1...65_535).contains(number)
        else { return nil }
        return digits.endIndex
    }

    // MARK: Hashtags

    private mutating func takeHashtag() -> WrittenText.Segment? {
        guard isAfterNone(of: "/#&=") else { return nil }
        let start = position + 1
        var end = scalars[start...].firstIndex { !$0.isWord && !$0.isJoiner } ?? scalars.count
        position = max(end, start)
        while end > start, scalars[end - 1].isJoiner { end -= 1 }
        let tag = scalars[start..<end]
        guard tag.count <= Self.mostHashtagScalars, tag.first?.isMark == false,
            tag.contains(where: { $0.properties.isAlphabetic })
        else { return nil }
        let written = string(start..<end)
        guard let name = hashtagName(written) else { return nil }
        position = end
        return .hashtag(WrittenText.Hashtag(name: name, written: written))
    }

    // MARK: Links

    private mutating func takeLink() -> WrittenText.Segment? {
        guard ["http://", "https://"].contains(where: { begins(with: $0) }) else { return nil }
        let start = position
        let end = scalars[start...].firstIndex { !$0.isAddressPart } ?? scalars.count
        position = end
        let address = withoutSentenceEnd(scalars[start..<end])
        let written = string(address.indices)
        guard let address = LinkAddress(written), address.agrees(with: written) else { return nil }
        position = start + written.unicodeScalars.count
        return .link(written)
    }

    /// Without punctuation at its end, and without brackets there that were not opened in it.
    private func withoutSentenceEnd(_ address: ArraySlice<Unicode.Scalar>) -> ArraySlice<Unicode.Scalar> {
        var open: [Unicode.Scalar: Int] = [:]
        for scalar in address {
            if scalar.openingBracket != nil { open[scalar, default: 0] += 1 }
            if "([{".unicodeScalars.contains(scalar) { open[scalar, default: 0] += 1 }
        }
        var address = address
        while let last = address.last {
            if let opening = last.openingBracket {
                if open[last, default: 0] <= open[opening, default: 0] { break }
                open[last, default: 0] -= 1
            } else if !last.endsSentence {
                break
            }
            address.removeLast()
        }
        return address
    }

    // MARK: Scalars

    private func isAfterNone(of characters: String) -> Bool {
        position == 0 || !characters.unicodeScalars.contains(scalars[position - 1])
    }

    private func begins(with lowercase: String) -> Bool {
        let count = lowercase.unicodeScalars.count
        let start = scalars[position...].prefix(count)
        return start.count == count && zip(start, lowercase.unicodeScalars).allSatisfy { $0.asciiLowercased == $1 }
    }

    private func string(_ range: Range<Int>) -> String {
        String(String.UnicodeScalarView(scalars[range]))
    }
}

extension Unicode.Scalar {
    /// A letter, mark or digit of any script, or `_`.
    var isWord: Bool {
        if isASCII { return isASCIIWord }
        return switch properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber: true
        default: properties.isAlphabetic
        }
    }

    /// Whether it may stand in an address in a text: no space, no quotation mark, no punctuation of East Asia.
    fileprivate var isAddressPart: Bool {
        switch self {
        case " ", "\"", "<", ">", "\\", "^", "`", "{", "|", "}": false
        case "\u{2018}"..."\u{201F}", "\u{AB}", "\u{BB}", "\u{2039}", "\u{203A}", "\u{2026}": false
        case "\u{3000}"..."\u{3004}", "\u{3008}"..."\u{3020}", "\u{FF00}"..."\u{FF0F}", "\u{FF1A}"..."\u{FF20}",
            "\u{FF3B}"..."\u{FF40}", "\u{FF5B}"..."\u{FF65}":
            false
        default: true
        }
    }

    fileprivate var endsSentence: Bool {
        ".,;:!?'*~".unicodeScalars.contains(self)
    }

    fileprivate var openingBracket: Unicode.Scalar? {
        switch self {
        case ")": "("
        case "]": "["
        default: nil
        }
    }

    fileprivate var asciiLowercased: Unicode.Scalar {
        "A"..."Z" ~= self ? Unicode.Scalar(UInt8(truncatingIfNeeded: value) | 0x20) : self
    }
}
