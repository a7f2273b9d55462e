/// A value that can be bound as a parameter, in PostgreSQL's text format.
///
/// A type whose raw value conforms needs only the declaration of conformance.
package protocol SQLEncodable: Sendable {
    /// The type the parameter is declared with.
    static var sqlType: SQLType { get }
    /// The value in PostgreSQL's input syntax.
    var sqlText: SQLText { get }
}

/// A value as PostgreSQL reads it.
package enum SQLText: Sendable, Equatable {
    case text(String)
    case null
    /// The value has no SQL form; running the statement fails with `PostgresError.encoding`.
    case unencodable(PostgresError.EncodingFailure)
}

/// The declared type of a parameter.
package enum SQLType: UInt32, Sendable {
    /// The server infers the type from where the parameter stands, as it does for a quoted literal.
    case inferred = 0
    case bool = 16
    case bytea = 17
    case timestamptz = 1184

    var oid: UInt32 { rawValue }
}

extension SQLEncodable {
    package static var sqlType: SQLType { .inferred }
}

extension SQLEncodable where Self: RawRepresentable, RawValue: SQLEncodable {
    package static var sqlType: SQLType { RawValue.sqlType }
    package var sqlText: SQLText { rawValue.sqlText }
}

extension Optional: SQLEncodable where Wrapped: SQLEncodable {
    package static var sqlType: SQLType { Wrapped.sqlType }
    package var sqlText: SQLText { self?.sqlText ?? .null }
}
