/// Tolerant reading, for documents of peers: what has another type than asked for counts as absent.
///
/// For bodies that must be right, with an answer that says what is wrong, see ``JSONFields``.
extension JSON {
    /// A member of an object; nil when it is absent or this is no object.
    package subscript(key: String) -> JSON? {
        object?[key]
    }

    /// Whether this is a null that somebody wrote; an absent member is no value at all.
    package var isNull: Bool {
        if case .null = self { true } else { false }
    }

    /// True or false as such; `1` and `"true"` are neither.
    package var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// An integral number within 64 bits, see ``Number/int``.
    package var int: Int? {
        if case .number(let value) = self { value.int } else { nil }
    }

    /// A finite number, see ``Number/double``.
    package var double: Double? {
        if case .number(let value) = self { value.double } else { nil }
    }

    /// A number with all its digits.
    package var number: Number? {
        if case .number(let value) = self { value } else { nil }
    }

    /// A text of any length, also the empty one.
    package var string: String? {
        if case .string(let value) = self { value } else { nil }
    }

    /// An array as such; see ``list`` for properties that may hold one value alone.
    package var array: [JSON]? {
        if case .array(let value) = self { value } else { nil }
    }

    /// An object, whose members iterate in their order.
    package var object: Object? {
        if case .object(let value) = self { value } else { nil }
    }

    /// The values of a property that may have one or several, as ActivityStreams 2.0 section 2.1 allows everywhere:
    /// an array's elements, nothing for null, otherwise the value alone.
    package var list: [JSON] {
        switch self {
        case .null: []
        case .array(let values): values
        default: [self]
        }
    }
}

extension JSON? {
    /// ``JSON/list`` of a member that may be absent: `activity["to"].list`.
    package var list: [JSON] {
        self?.list ?? []
    }
}
