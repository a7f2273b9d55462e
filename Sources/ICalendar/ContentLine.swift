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

    /// Folded where it is too long, but never within a character, with the line end.
    var folded: String {
        var folded = String.UnicodeScalarView()
        var length = 0
        for scalar in "\(name):\(value)".unicodeScalars {
            let size = UTF8.width(scalar)
            if length + size > Self.longest {
                folded.append(contentsOf: "\r\n ".unicodeScalars)
                length = 1
            }
            folded.append(scalar)
            length += size
        }
        folded.append(contentsOf: "\r\n".unicodeScalars)
        return String(folded)
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
