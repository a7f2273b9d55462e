/// A name or title as people type it, made fit to store and show: one line, without white space around it or doubled in
/// it.
///
/// What can not be seen or would change how its surroundings are seen is taken out: control characters, bidirectional
/// controls, zero-width and filler characters, more than a few combining marks on one letter. Joiners stay where emoji,
/// Arabic and Indic scripts need them. Cleaning twice gives the same as cleaning once. The text is not normalised
/// (both forms of é stay what they are) and its length is not limited.
package func cleanLine(_ text: String) -> String {
    text.visibleScalars.laidOut(.oneLine)
}

/// A message as people type it, made fit like ``cleanLine(_:)`` but with its lines: `\n` between them, at most one
/// empty line in a row, no white space at their ends. Spaces at the start of lines and within them stay.
package func cleanBlock(_ text: String) -> String {
    text.visibleScalars.laidOut(.lines)
}

enum TextLayout {
    case oneLine
    case lines
    /// Lines whose spaces are collapsed and trimmed.
    case collapsedLines

    fileprivate func width(ofSpaces spaces: Int, after breaks: Int) -> Int {
        switch self {
        case .lines: spaces
        case .oneLine, .collapsedLines: breaks > 0 ? 0 : min(spaces, 1)
        }
    }
}

extension [Unicode.Scalar] {
    /// Expects white space as ``Swift/String/visibleScalars`` leaves it: only spaces and `\n`.
    func laidOut(_ layout: TextLayout) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(count)
        var spaces = 0
        var breaks = 0
        for scalar in self {
            switch scalar {
            case "\n" where layout != .oneLine:
                breaks += 1
                spaces = 0
            case " ", "\n":
                spaces += 1
            default:
                if !text.isEmpty {
                    text.append(contentsOf: repeatElement(UInt8(ascii: "\n"), count: Swift.min(breaks, 2)))
                    let width = layout.width(ofSpaces: spaces, after: breaks)
                    text.append(contentsOf: repeatElement(UInt8(ascii: " "), count: width))
                }
                text.append(contentsOf: scalar.utf8)
                spaces = 0
                breaks = 0
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
