/// Foreign HTML as plain text that people can read.
///
/// Keeps the text; `<br>` and the ends of blocks become line breaks, paragraphs stay apart by an empty line. Drops
/// tags, comments and what browsers do not show as text (scripts, styles, templates, frames, drawings and the like),
/// decodes character references and then cleans as ``cleanBlock(_:)`` does, with white space collapsed.
/// The result is text, not HTML: it may hold `<` and is escaped again where it is shown.
///
/// Takes time in proportion to the size of `html`, of which at most the first mebibyte is read.
/// - Parameter limit: of the result in Unicode scalars; a longer text is cut between characters and ends with "…".
package func plainText(fromHTML html: String, limit: Int = 5_000) -> String {
    var reducer = HTMLReducer(html)
    return String(decoding: reducer.text(), as: UTF8.self).visibleScalars.laidOut(.collapsedLines).cut(to: limit)
}

extension String {
    fileprivate func cut(to limit: Int) -> String {
        if unicodeScalars.count <= limit { return self }
        var room = limit - 1
        var end = startIndex
        while end < endIndex, self[end].unicodeScalars.count <= room {
            room -= self[end].unicodeScalars.count
            end = index(after: end)
        }
        while end > startIndex, self[index(before: end)].isWhitespace { end = index(before: end) }
        // Once more, as a joiner at the cut has nothing to join.
        return limit > 0 ? (self[..<end] + "…").visibleScalars.laidOut(.collapsedLines) : ""
    }
}
