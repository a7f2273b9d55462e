/// White space that was read and not yet written: it is left out where no text follows in the same block.
struct TextGap {
    private var spaces = 0
    private var breaks = 0

    private static let mostBreaks = 2

    /// `scalar` is a space or `\n`.
    mutating func add(_ scalar: Unicode.Scalar, isPreformatted: Bool) {
        if isPreformatted, scalar == "\n" {
            addBreak()
        } else {
            spaces = isPreformatted ? spaces + 1 : 1
        }
    }

    mutating func addBreak() {
        breaks = min(breaks + 1, Self.mostBreaks)
        spaces = 0
    }

    /// Ends the line, unless it has just ended.
    mutating func endLine() {
        breaks = max(breaks, 1)
        spaces = 0
    }

    mutating func clear() {
        self = TextGap()
    }

    /// As HTML, before text that is the first of its block or not.
    func html(isFirst: Bool, isPreformatted: Bool) -> String {
        if isPreformatted {
            return String(repeating: "\n", count: isFirst ? 0 : breaks) + String(repeating: " ", count: spaces)
        }
        if isFirst { return "" }
        return breaks > 0 ? String(repeating: "<br>", count: breaks) : String(repeating: " ", count: spaces)
    }
}

extension Unicode.Scalar {
    /// White space as ``Swift/String/visibleScalars`` leaves it.
    var isUniformSpace: Bool {
        self == " " || self == "\n"
    }
}
