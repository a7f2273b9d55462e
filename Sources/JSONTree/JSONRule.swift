/// What one field of a body may hold: how it is read, what its author is told, and what stands in for it after an
/// error.
///
/// A format of its own is an extension:
///
///     extension JSONRule<Handle> {
///         static var handle: JSONRule {
///             JSONRule("Must be a handle such as @noor@barrio.example.", standIn: .nobody) { json in
///                 json.string.flatMap(Handle.init)
///             }
///         }
///     }
package struct JSONRule<Value> {
    /// The message of an error: "Must be true or false."
    let allowed: String
    /// A value of the right type that costs nothing; it is never seen outside of ``JSON/read(_:)``.
    let standIn: () -> Value
    /// Nil when the value is not allowed; a rule for containers reports its parts itself and gives a value all the
    /// same.
    private let parse: (JSON, FieldPlace) -> Value?

    /// - Parameters:
    ///   - allowed: the message of an error, a full sentence about the field: "Must be true or false."
    ///   - standIn: any value of the type.
    ///   - parse: gives nil for what is not allowed.
    package init(_ allowed: String, standIn: @autoclosure @escaping () -> Value, parse: @escaping (JSON) -> Value?) {
        self.init(allowed: allowed, standIn: standIn) { json, _ in parse(json) }
    }

    private init(allowed: String, standIn: @escaping () -> Value, parse: @escaping (JSON, FieldPlace) -> Value?) {
        self.allowed = allowed
        self.standIn = standIn
        self.parse = parse
    }

    func value(of json: JSON, at place: FieldPlace) -> Value {
        if let value = parse(json, place) { return value }
        place.report(allowed)
        return standIn()
    }
}

extension JSONRule {
    /// An object, read field by field.
    package static func object(_ read: @escaping (JSONFields) -> Value) -> JSONRule {
        JSONRule(allowed: "Must be an object.") {
            read(JSONFields(JSON.Object(), at: FieldPlace(path: "", errors: nil)))
        } parse: { json, place in
            guard let object = json.object else { return nil }
            let fields = JSONFields(object, at: place)
            defer { fields.reportUnknown() }
            return read(fields)
        }
    }

    /// An array whose elements all follow `rule`. When the count is wrong the elements are not looked at.
    package static func list<Element>(
        of rule: JSONRule<Element>, count: ClosedRange<Int>
    ) -> JSONRule where Value == [Element] {
        JSONRule(allowed: "Must be a list of \(count.inWords) elements.") {
            []
        } parse: { json, place in
            guard let elements = json.array, count.contains(elements.count) else { return nil }
            return elements.enumerated().map { rule.value(of: $1, at: place.element($0)) }
        }
    }
}

extension JSONRule<String> {
    /// Text as it was sent, neither trimmed nor cleaned.
    ///
    /// - Parameter length: in Unicode scalars, as PostgreSQL's `char_length` counts.
    package static func text(length: ClosedRange<Int>) -> JSONRule {
        JSONRule("Must be a text of \(length.inWords) characters.", standIn: "") { json in
            json.string.flatMap { length.contains($0.unicodeScalars.count) ? $0 : nil }
        }
    }
}

extension JSONRule<Int> {
    /// An integral number, written in whatever way: `60`, `60.0` and `6e1` are the same.
    package static func integer(in range: ClosedRange<Int>) -> JSONRule {
        JSONRule("Must be an integer from \(range.lowerBound) to \(range.upperBound).", standIn: range.lowerBound) {
            $0.int.flatMap { range.contains($0) ? $0 : nil }
        }
    }
}

extension JSONRule<Bool> {
    /// True or false.
    package static var bool: JSONRule {
        JSONRule("Must be true or false.", standIn: false) { $0.bool }
    }
}

extension JSONRule where Value: CaseIterable & RawRepresentable<String> {
    /// One of a type's names, which the message lists.
    package static func oneOf(_: Value.Type = Value.self) -> JSONRule {
        // An enum without cases has no value to read; its rule could not be called for.
        let cases = Array(Value.allCases)
        let names = cases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
        return JSONRule("Must be one of \(names).", standIn: cases[0]) { json in
            json.string.flatMap { name in cases.first { $0.rawValue.hasSameBytes(as: name) } }
        }
    }
}

extension ClosedRange<Int> {
    fileprivate var inWords: String {
        switch (lowerBound, upperBound) {
        case let (least, most) where least == most: "\(least)"
        case (0, let most): "at most \(most)"
        case let (least, most): "\(least) to \(most)"
        }
    }
}
