import HTTPSignatures

/// A request as a text of the corpus: method and target, a line for each field, an empty line, the body.
struct SignedRequest {
    let message: RequestMessage

    init(_ bytes: [UInt8]) {
        var lines: [String] = []
        var rest = bytes[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")), end > rest.startIndex {
            lines.append(String(decoding: rest[..<end], as: UTF8.self))
            rest = rest[(end + 1)...]
        }
        let start = lines.first.map(Self.split) ?? ("", "")
        let fields = lines.dropFirst().map { line in
            let (name, value) = Self.split(line)
            return HeaderField(name: name.hasSuffix(":") ? String(name.dropLast()) : name, value: value)
        }
        message = RequestMessage(method: start.0, target: start.1, fields: fields, body: Array(rest.dropFirst()))
    }

    /// At the first space.
    private static func split(_ line: String) -> (String, String) {
        guard let space = line.utf8.firstIndex(of: UInt8(ascii: " ")) else { return (line, "") }
        return (String(line[..<space]), String(line[line.utf8.index(after: space)...]))
    }

    /// The same as text.
    static func text(of message: RequestMessage) -> [UInt8] {
        let head = ["\(message.method) \(message.target)"] + message.fields.map { "\($0.name): \($0.value)" } + [""]
        return Array(head.map { $0 + "\n" }.joined().utf8) + message.body
    }
}
