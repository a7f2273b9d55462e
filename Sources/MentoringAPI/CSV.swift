/// Tables as text (RFC 4180), to be opened by programs that calculate.
package enum CSV {
    package static let mediaType = "text/csv; charset=utf-8; header=present"

    /// A line with its end.
    package static func line(_ cells: [String]) -> String { cells.map(cell).joined(separator: ",") + "\r\n" }

    /// What begins like a formula gets an apostrophe before it: no words of others are to be run by the program that
    /// shows them (OWASP, "CSV Injection"; the wide forms are formulas to some programs, too).
    private static func cell(_ text: String) -> String {
        let shown = text.unicodeScalars.filter { $0.properties.generalCategory != .control || blanks.contains($0) }
        let text = String(String.UnicodeScalarView(shown))
        let harmless = text.unicodeScalars.first.map(beginnings.contains) == true ? "'\(text)" : text
        guard harmless.utf8.contains(where: quoted.contains) else { return harmless }
        return "\"\(harmless.replacing("\"", with: "\"\""))\""
    }

    private static let blanks: Set<Unicode.Scalar> = ["\t", "\n", "\r"]
    private static let beginnings = blanks.union(["=", "+", "-", "@", "＝", "＋", "－", "＠"])
    private static let quoted: Set<UInt8> = Set(",\"\r\n".utf8)
}
