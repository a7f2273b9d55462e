package import Wire

extension JSON {
    /// Reads a body that must be right in every field, or throws all that is wrong with it: in the order of reading, at
    /// most ``JSONFields/mostErrors``, each with its path from the body such as `offers[1].rate` (empty for the body).
    ///
    ///     let request = try body.read { fields in
    ///         RequestSession(
    ///             topic: fields.required("topic", .text(length: 1...200)),
    ///             minutes: fields.required("duration", .integer(in: 15...240)),
    ///             note: fields.optional("note", .text(length: 0...5_000)),
    ///             offers: fields.required("offers", .list(of: .object(Offer.init(fields:)), count: 1...10)))
    ///     }
    ///
    /// `read` always runs to its end, so that every error is found. A field with an error yields its rule's stand-in,
    /// and what `read` makes of it is thrown away. So `read` only reads and builds: it changes nothing elsewhere.
    package func read<Value>(_ read: (JSONFields) -> Value) throws(InvalidFields) -> Value {
        let errors = FieldErrors()
        let place = FieldPlace(path: "", errors: errors)
        guard let object else {
            place.report("Must be an object.")
            throw InvalidFields(errors.found)
        }
        let fields = JSONFields(object, at: place)
        let value = read(fields)
        fields.reportUnknown()
        if !errors.found.isEmpty { throw InvalidFields(errors.found) }
        return value
    }
}

/// What a request to change a resource (PATCH) says of one field that may be empty.
package enum FieldChange<Value> {
    /// The field is absent.
    case keep
    /// The field is null.
    case clear
    case set(Value)
}

extension FieldChange: Sendable where Value: Sendable {}
extension FieldChange: Equatable where Value: Equatable {}

/// The fields of one object of a body, see ``JSON/read(_:)``. Those never asked for are reported as unknown.
package final class JSONFields {
    private let object: JSON.Object
    private let place: FieldPlace
    private var known: Set<ByteKey> = []

    /// Errors beyond are not collected: the list is for a person to read.
    package static let mostErrors = 50

    init(_ object: JSON.Object, at place: FieldPlace) {
        self.object = object
        self.place = place
    }

    /// A field that must be there.
    package func required<Value>(_ name: String, _ rule: JSONRule<Value>) -> Value {
        guard let json = member(name) else {
            place.field(name).report(rule.allowed)
            return rule.standIn()
        }
        return rule.value(of: json, at: place.field(name))
    }

    /// A field that may be absent or null, both nil.
    package func optional<Value>(_ name: String, _ rule: JSONRule<Value>) -> Value? {
        guard let json = member(name), !json.isNull else { return nil }
        return rule.value(of: json, at: place.field(name))
    }

    /// For PATCH: the new value of a field that can not be empty, nil when it is absent; null is an error.
    package func replacement<Value>(_ name: String, _ rule: JSONRule<Value>) -> Value? {
        member(name).map { rule.value(of: $0, at: place.field(name)) }
    }

    /// For PATCH: the change of a field that can be empty.
    package func change<Value>(_ name: String, _ rule: JSONRule<Value>) -> FieldChange<Value> {
        guard let json = member(name) else { return .keep }
        return json.isNull ? .clear : .set(rule.value(of: json, at: place.field(name)))
    }

    /// Reports what only several fields together show, such as an end before its start.
    ///
    /// - Parameter message: a full sentence that says what is allowed.
    package func refuse(_ name: String, _ message: String) {
        place.field(name).report(message)
    }

    /// Accepts fields of these names without reading them.
    package func ignore(_ names: String...) {
        known.formUnion(names.map(ByteKey.init(text:)))
    }

    private func member(_ name: String) -> JSON? {
        known.insert(ByteKey(text: name))
        return object[name]
    }

    func reportUnknown() {
        for (key, _) in object where !known.contains(ByteKey(text: key)) {
            place.field(key).report("Is not a field of this object.")
        }
    }
}

/// Collects the errors of one body across its objects.
final class FieldErrors {
    private(set) var found: [FieldError] = []

    func add(_ error: @autoclosure () -> FieldError) {
        if found.count < JSONFields.mostErrors { found.append(error()) }
    }
}

/// Where in a body a value lies, and where to report what is wrong with it.
struct FieldPlace {
    let path: String
    /// Nil while stand-ins are made, whose errors are of no interest.
    let errors: FieldErrors?

    /// - Parameter name: shortened when it is long, since unknown names are the client's.
    func field(_ name: String) -> FieldPlace {
        let name = name.unicodeScalars.count > 64 ? String(name.unicodeScalars.prefix(64)) + "…" : name
        return FieldPlace(path: path.isEmpty ? name : "\(path).\(name)", errors: errors)
    }

    func element(_ position: Int) -> FieldPlace {
        FieldPlace(path: "\(path)[\(position)]", errors: errors)
    }

    func report(_ message: String) {
        errors?.add(FieldError(field: path, message: message))
    }
}
