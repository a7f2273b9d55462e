/// `name` as a quoted SQL identifier.
func quotedIdentifier(_ name: String) -> String {
    "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
}

/// `text` between two of `quote`, with a backslash before each `quote` and backslash in it: the form that array
/// elements and connection strings have in common.
func backslashQuoted(_ text: String, quote: Unicode.Scalar) -> String {
    var quoted = String(quote)
    for scalar in text.unicodeScalars {
        if scalar == quote || scalar == "\\" { quoted += "\\" }
        quoted.unicodeScalars.append(scalar)
    }
    quoted.unicodeScalars.append(quote)
    return quoted
}
