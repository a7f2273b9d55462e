/// A value that can be read from a column, in PostgreSQL's text format.
///
/// A type whose raw value conforms needs only the declaration of conformance.
package protocol SQLDecodable {
    /// Reads PostgreSQL's output syntax; nil if the text is not a value of this type.
    init?(sqlText: String)
    /// What NULL reads as; nil if NULL is not a value of this type.
    static var sqlNull: Self? { get }
}

extension SQLDecodable {
    package static var sqlNull: Self? { nil }
}

extension SQLDecodable where Self: RawRepresentable, RawValue: SQLDecodable {
    package init?(sqlText: String) {
        guard let rawValue = RawValue(sqlText: sqlText) else { return nil }
        self.init(rawValue: rawValue)
    }
}

extension Optional: SQLDecodable where Wrapped: SQLDecodable {
    package init?(sqlText: String) {
        guard let wrapped = Wrapped(sqlText: sqlText) else { return nil }
        self = .some(wrapped)
    }

    package static var sqlNull: Wrapped?? { .some(.none) }
}
