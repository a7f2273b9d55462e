/// A header value with parameters, such as `form-data; name="file"; filename="a.png"` (RFC 9110 section 5.6.6).
struct HeaderParameters {
    /// What stands before the parameters, in lower case.
    let value: String
    private var parameters: [String: String] = [:]

    /// What cannot be read is left out; of two with one name the first counts.
    init(_ text: some StringProtocol) {
        var rest = Substring(text)
        value = rest.prefix { $0 != ";" }.lowercased().trimmingPrefix(" ").description.trimmedEnd
        rest = rest.drop { $0 != ";" }
        while rest.popFirst() != nil {
            rest = rest.drop { $0 == " " || $0 == "\t" }
            let name = rest.prefix { $0 != "=" && $0 != ";" }.lowercased()
            rest = rest.dropFirst(name.count)
            guard rest.first == "=" else { continue }
            rest = rest.dropFirst()
            let value: String
            if rest.first == "\"" {
                (value, rest) = Self.quoted(rest.dropFirst())
                rest = rest.drop { $0 != ";" }
            } else {
                value = String(rest.prefix { $0 != ";" }).trimmedEnd
                rest = rest.drop { $0 != ";" }
            }
            if parameters[name] == nil { parameters[name] = value }
        }
    }

    subscript(name: String) -> String? { parameters[name] }

    /// Browsers write a quotation mark in a name as `%22`, others behind a backslash.
    private static func quoted(_ text: Substring) -> (String, Substring) {
        var value = ""
        var rest = text
        while let character = rest.popFirst(), character != "\"" {
            value.append(
                character == "\\" && (rest.first == "\"" || rest.first == "\\") ? rest.removeFirst() : character)
        }
        return (value, rest)
    }
}

extension String {
    fileprivate var trimmedEnd: String {
        lastIndex { $0 != " " && $0 != "\t" }.map { String(self[...$0]) } ?? ""
    }
}
