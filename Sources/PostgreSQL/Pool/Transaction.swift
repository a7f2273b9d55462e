/// An open transaction, lent to the body of `Pool.transaction`.
///
/// After a statement has failed, the server refuses all further ones and the transaction is rolled back. Used after
/// its end it throws `PostgresError.transactionEnded`.
package struct Transaction: Queryable {
    let connection: Connection
    let number: Int

    package func rows(_ sql: SQL) async throws(PostgresError) -> [Row] {
        try await run(sql).rows
    }

    @discardableResult
    package func execute(_ sql: SQL) async throws(PostgresError) -> Int {
        try await run(sql).affectedRows
    }

    package func submit(_ sql: SQL) async throws(PostgresError) {
        try await connection.submit(sql, in: number).result.get()
    }

    /// Runs one or more statements of the program's own text, such as a migration.
    func execute(script: String) async throws(PostgresError) {
        try await connection.run(script: script, in: number).result.get()
    }

    private func run(_ sql: SQL) async throws(PostgresError) -> ResultSet {
        try await withCancellation(wake: connection.wake) { cancellation in
            await connection.run(sql, in: number, cancellation: cancellation)
        }.result.get()
    }
}
