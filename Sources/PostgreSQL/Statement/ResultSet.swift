internal import CPostgreSQL

/// What a statement returned. Owns libpq's result.
///
/// Unchecked because of the pointer only: after creation libpq never writes to a `PGresult`, so reading it from any
/// thread is safe (libpq manual, section "Behavior in Threaded Programs").
final class ResultSet: @unchecked Sendable {
    private let raw: OpaquePointer
    /// Position of each column; `ambiguous` where a name occurs twice.
    private let columns: [String: Int32]
    private static let ambiguous: Int32 = -1

    /// Takes over `raw` and clears it at its end.
    init(owning raw: OpaquePointer) {
        self.raw = raw
        guard PQntuples(raw) > 0 else {
            columns = [:]
            return
        }
        var columns: [String: Int32] = [:]
        for index in 0..<PQnfields(raw) {
            guard let name = PQfname(raw, index) else { continue }
            let previous = columns.updateValue(index, forKey: String(cString: name))
            if previous != nil { columns[String(cString: name)] = Self.ambiguous }
        }
        self.columns = columns
    }

    deinit { PQclear(raw) }

    var rows: [Row] { (0..<PQntuples(raw)).map { Row(result: self, index: $0) } }

    /// The number of rows inserted, updated, deleted or selected; 0 for other statements.
    var affectedRows: Int { Int(String(cString: PQcmdTuples(raw))) ?? 0 }

    /// The tag of the finished command, such as `COMMIT`.
    var commandTag: String { String(cString: PQcmdStatus(raw)) }

    func value<Value: SQLDecodable>(row: Int32, column name: String) throws(PostgresError) -> Value {
        func failure(_ reason: DecodingFailure.Reason) -> PostgresError {
            .decoding(DecodingFailure(column: name, expected: "\(Value.self)", reason: reason))
        }
        guard let column = columns[name] else { throw failure(.noSuchColumn) }
        guard column != Self.ambiguous else { throw failure(.ambiguousColumn) }
        guard PQgetisnull(raw, row, column) == 0, let text = PQgetvalue(raw, row, column) else {
            guard let null = Value.sqlNull else { throw failure(.unexpectedNull) }
            return null
        }
        let bytes = UnsafeRawBufferPointer(start: text, count: Int(PQgetlength(raw, row, column)))
        guard let value = Value(sqlText: String(decoding: bytes, as: UTF8.self)) else { throw failure(.malformed) }
        return value
    }
}

/// One row of a result.
package struct Row: Sendable {
    fileprivate let result: ResultSet
    fileprivate let index: Int32

    /// The value of the column with this exact name, read as the type that the context asks for.
    ///
    /// NULL is an error unless that type is optional.
    package func get<Value: SQLDecodable>(
        _ column: String, as type: Value.Type = Value.self
    ) throws(PostgresError) -> Value {
        try result.value(row: index, column: column)
    }
}
