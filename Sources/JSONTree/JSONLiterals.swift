// A document reads in code as it does on the wire:
//
//     let note: JSON = [
//         "type": "Note",
//         "to": [.string(recipient)],
//         "duration": .int(minutes),
//         "summary": summary.map(JSON.string),
//     ]

extension JSON {
    /// An integer that is not a literal.
    package static func int(_ value: Int) -> JSON {
        .number(Number(value))
    }

    /// `.null` for infinities and NaN, as ECMAScript's `JSON.stringify` has it.
    package static func double(_ value: Double) -> JSON {
        Number(value).map(JSON.number) ?? .null
    }

    /// An array of strings, in their order.
    package static func strings(_ values: some Sequence<String>) -> JSON {
        .array(values.map(JSON.string))
    }
}

extension JSON: ExpressibleByStringLiteral {
    package init(stringLiteral value: String) {
        self = .string(value)
    }
}

extension JSON: ExpressibleByIntegerLiteral {
    package init(integerLiteral value: Int) {
        self = .int(value)
    }
}

extension JSON: ExpressibleByBooleanLiteral {
    package init(booleanLiteral value: Bool) {
        self = .bool(value)
    }
}

extension JSON: ExpressibleByArrayLiteral {
    package init(arrayLiteral elements: JSON...) {
        self = .array(elements)
    }
}

/// Members keep the order in which they are written. A member that is nil is left out; `.null` writes a null.
extension JSON: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, JSON?)...) {
        self = .object(JSON.Object(elements))
    }
}

extension JSON.Object: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, JSON?)...) {
        self.init(elements)
    }
}

extension JSON.Object {
    /// Members in the order given, those that are nil left out; of two with one key the later value stays.
    package init(_ members: some Sequence<(String, JSON?)>) {
        self.init()
        for (key, value) in members {
            guard let value else { continue }
            self[key] = value
        }
    }
}
