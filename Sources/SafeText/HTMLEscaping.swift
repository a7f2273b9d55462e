/// Writing HTML.
package enum HTML {
    /// `text` for use as an element's text or inside a quoted attribute value, and nowhere else:
    /// not in unquoted attributes, scripts, style sheets or comments.
    package static func escaped(_ text: String) -> String {
        var escaped: [UInt8] = []
        escaped.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): escaped.append(contentsOf: "&amp;".utf8)
            case UInt8(ascii: "<"): escaped.append(contentsOf: "&lt;".utf8)
            case UInt8(ascii: ">"): escaped.append(contentsOf: "&gt;".utf8)
            case UInt8(ascii: "\""): escaped.append(contentsOf: "&quot;".utf8)
            case UInt8(ascii: "'"): escaped.append(contentsOf: "&#39;".utf8)
            default: escaped.append(byte)
            }
        }
        return String(decoding: escaped, as: UTF8.self)
    }
}

/// Plain text as HTML for sending: a `<p>` for each run of lines between empty lines, `<br>` between its lines.
///
/// The text is escaped and otherwise left as it is; ``cleanBlock(_:)`` comes before. Empty text gives an empty string.
package func paragraphs(fromPlainText text: String) -> String {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        .split(whereSeparator: \.isEmpty)
        .map { lines in "<p>" + lines.map { HTML.escaped(String($0)) }.joined(separator: "<br>") + "</p>" }
        .joined()
}
