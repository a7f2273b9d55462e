/// Where statements can be run: a `Pool`, each statement for itself, or a `Transaction`.
package protocol Queryable: Sendable {
    /// All rows that the statement returns.
    func rows(_ sql: SQL) async throws(PostgresError) -> [Row]
    /// Runs the statement; the number of rows it inserted, updated, deleted or selected.
    @discardableResult
    func execute(_ sql: SQL) async throws(PostgresError) -> Int
    /// Runs the statement for its effect alone. In a transaction it travels with the next statement or with the end, so
    /// that nobody waits for it; if it fails, they do.
    func submit(_ sql: SQL) async throws(PostgresError)
}

extension Queryable {
    /// The only row that the statement returns, nil for none; more than one is `PostgresError.tooManyRows`.
    package func row(_ sql: SQL) async throws(PostgresError) -> Row? {
        let rows = try await rows(sql)
        guard rows.count <= 1 else { throw .tooManyRows(rows.count) }
        return rows.first
    }
}
