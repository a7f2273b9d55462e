import WebServer
import Wire

extension Exchange {
    /// A query parameter that must be one of some names; nil when it is absent.
    func choice<Value: RawRepresentable<String>>(_ name: String, of values: [Value]) throws(FieldError)
        -> Value?
    {
        guard let text = query(name) else { return nil }
        guard let value = values.first(where: { $0.rawValue == text }) else {
            throw FieldError(
                field: name, message: "Use one of \(values.map(\.rawValue).joined(separator: ", ")).")
        }
        return value
    }
}
