package import Foundation

extension Bool: SQLEncodable, SQLDecodable {
    package static var sqlType: SQLType { .bool }
    package var sqlText: SQLText { .text(self ? "t" : "f") }

    package init?(sqlText: String) {
        switch sqlText {
        case "t": self = true
        case "f": self = false
        default: return nil
        }
    }
}

extension FixedWidthInteger where Self: Sendable {
    package var sqlText: SQLText { .text(String(self)) }

    package init?(sqlText: String) { self.init(sqlText, radix: 10) }
}

extension Int: SQLEncodable, SQLDecodable {}
extension Int16: SQLEncodable, SQLDecodable {}
extension Int32: SQLEncodable, SQLDecodable {}
extension Int64: SQLEncodable, SQLDecodable {}

extension Double: SQLEncodable, SQLDecodable {
    /// The shortest decimal that reads back as the same number.
    package var sqlText: SQLText { .text(description) }

    package init?(sqlText: String) { self.init(sqlText) }
}

/// A string with a NUL is refused when the statement runs: PostgreSQL's text cannot hold it.
extension String: SQLEncodable, SQLDecodable {
    package var sqlText: SQLText { .text(self) }

    package init?(sqlText: String) { self = sqlText }
}

extension UUID: SQLEncodable, SQLDecodable {
    package var sqlText: SQLText { .text(uuidString) }

    package init?(sqlText: String) { self.init(uuidString: sqlText) }
}
