/// A line of an iCalendar object: its name and its value, as it stands there.
struct ContentLine {
    /// Octets of a line without its end (RFC 5545 section 3.1).
    static let longest = 75

    private let name: String
    private let value: String

    /// A value without anything that would have to be escaped: times, numbers, names of states, addresses.
    init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    /// What people wrote (RFC 5545 section 3.3.11). Lines end in any of the usual ways; other control characters are
    /// left out.
    init(_ name: String, text: String) {
        self.init(name, Self.escaped(text))
    }

    /// Folded where it is too long, but not within what people see as one character, with the line end.
    var folded: String {
        var folded = ""
        var length = 0
        for piece in "\(name):\(value)".flatMap(Self.pieces) {
            let size = piece.utf8.count
            if length + size > Self.longest {
                folded += "\r\n "
                length = 1
            }
            folded += piece
            length += size
        }
        return folded + "\r\n"
    }

    /// A character, or its scalars where it alone is longer than a line.
    private static func pieces(_ character: Character) -> [String] {
        character.utf8.count < longest ? [String(character)] : character.unicodeScalars.map { String($0) }
    }

    private static func escaped(_ text: String) -> String {
        var escaped = String.UnicodeScalarView()
        var previous: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\", ";", ",":
                escaped.append("\\")
                escaped.append(scalar)
            case "\n" where previous == "\r": break
            case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}": escaped.append(contentsOf: "\\n".unicodeScalars)
            case "\t": escaped.append(scalar)
            default: if scalar.properties.generalCategory != .control { escaped.append(scalar) }
            }
            previous = scalar
        }
        return String(escaped)
    }
}
