/// A text file to be embedded.
struct EmbeddedFile {
    /// Relative to the embedded folder.
    let path: String
    let text: String

    /// Throws if the bytes are not UTF-8, or if a file of `sql/` is not named like `0001-name.sql`.
    init(path: String, bytes: [UInt8]) throws(EmbeddingError) {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .notUTF8(path) }
        if path.hasPrefix("sql/"), path.wholeMatch(of: /sql\/[0-9]{4}-[a-z0-9-]+\.sql/) == nil {
            throw .scriptName(path)
        }
        self.path = path
        self.text = text
    }
}

enum EmbeddingError: Error, Equatable, CustomStringConvertible {
    case notUTF8(String)
    case scriptName(String)

    var description: String {
        switch self {
        case .notUTF8(let path): "\(path) is not UTF-8"
        case .scriptName(let path): "\(path) is not named like sql/0001-name.sql"
        }
    }
}

/// The Swift file that holds `files`.
func swiftSource(_ files: [EmbeddedFile]) -> String {
    let elements = files.map { file in
        """
                (
                    path: \(literal(file.path)),
                    text: \(literal(file.text))
                ),

        """
    }
    return """
        extension Schemas {
            /// Every embedded file with its path below `schemas/`, sorted by path.
            package static let files: [(path: String, text: String)] = [
        \(elements.joined())    ]
        }

        """
}

/// A raw literal of the text, as many lines as it has; control characters other than newline and tab are escaped, so
/// that the compiler does not normalise them.
func literal(_ text: String) -> String {
    // One more than the longest run in the text: neither an end nor an escape can occur in it.
    var longestRun = 0
    var run = 0
    for byte in text.utf8 {
        run = byte == UInt8(ascii: "#") ? run + 1 : 0
        longestRun = max(longestRun, run)
    }
    let hashes = String(repeating: "#", count: longestRun + 1)

    var body = ""
    for scalar in text.unicodeScalars {
        let isControl = scalar.value < 0x20 && scalar != "\n" && scalar != "\t" || scalar.value == 0x7f
        if isControl {
            body += "\\\(hashes)u{\(String(scalar.value, radix: 16))}"
        } else {
            body.unicodeScalars.append(scalar)
        }
    }
    return "\(hashes)\"\"\"\n\(body)\n\"\"\"\(hashes)"
}
