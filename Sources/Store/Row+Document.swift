import JSONTree
import PostgreSQL

extension Row {
    /// The value of a jsonb column; nil for NULL.
    func document(_ column: String) throws -> JSON? {
        try (get(column) as String?).map { try JSON.parse(Array($0.utf8)) }
    }
}
