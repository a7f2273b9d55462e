/// A JSON value (RFC 8259), the only form in which the server holds JSON.
///
/// Values that come from outside are made by ``parse(_:limits:)-(Span<UInt8>,_)``, whose depth limit keeps every
/// recursion over a value short: comparing, writing and releasing a value can not overflow the stack.
/// Values built in code are as deep as the code that builds them.
package enum JSON: Sendable {
    case null
    case bool(Bool)
    case number(Number)
    case string(String)
    case array([JSON])
    case object(Object)
}

/// Strings are equal when their UTF-8 is, objects whatever the order of their members, numbers as ``JSON/Number`` says.
extension JSON: Equatable {
    package static func == (left: JSON, right: JSON) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (.number(let left), .number(let right)): left == right
        case (.string(let left), .string(let right)): left.hasSameBytes(as: right)
        case (.array(let left), .array(let right)): left == right
        case (.object(let left), .object(let right)): left == right
        default: false
        }
    }
}

extension String {
    /// Identity of two texts on the wire, where `==` would also equate U+212A (KELVIN SIGN) with K.
    ///
    /// Equal bytes imply `==`, which is fast for short and for ASCII texts; so it is asked first.
    func hasSameBytes(as other: String) -> Bool {
        utf8.count == other.utf8.count && self == other && utf8.elementsEqual(other.utf8)
    }
}
