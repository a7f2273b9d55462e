import Keys

/// The only canonical text of each value (RFC 9651 section 4.1).
extension StructuredField.InnerList {
    var serialized: String {
        "(" + items.map(\.serialized).joined(separator: " ") + ")" + parameters.serialized
    }
}

extension StructuredField.Item {
    var serialized: String { value.serialized + parameters.serialized }
}

extension [StructuredField.Parameter] {
    /// True is written as the key alone.
    var serialized: String {
        map { $0.value == .boolean(true) ? ";\($0.key)" : ";\($0.key)=\($0.value.serialized)" }.joined()
    }
}

extension StructuredField.BareItem {
    var serialized: String {
        switch self {
        case .integer(let number): String(number)
        case .string(let text): "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
        case .token(let text): text
        case .bytes(let bytes): ":" + Base64.encode(bytes) + ":"
        case .boolean(let value): value ? "?1" : "?0"
        }
    }
}
