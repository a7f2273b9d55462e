/// How a transaction sees the others, PostgreSQL manual section 13.2.
package enum Isolation: String, Sendable {
    case readCommitted = "read committed"
    case repeatableRead = "repeatable read"
    case serializable
}

/// What a transaction may do.
package enum TransactionAccess: String, Sendable {
    case readWrite = "read write"
    case readOnly = "read only"
}

/// What is said to open a transaction.
struct TransactionOpening {
    let isolation: Isolation
    let access: TransactionAccess
    /// Instead of the connection's own limit; zero for none.
    let statementTimeout: Duration?

    var script: String {
        let limit = statementTimeout.map { "; set local statement_timeout = \($0.wholeMilliseconds)" } ?? ""
        return "begin isolation level \(isolation.rawValue) \(access.rawValue)\(limit)"
    }
}

/// What is said to end one.
enum TransactionEnding: String {
    case commit
    case rollback

    var progress: ConnectionFailure.Progress { self == .commit ? .duringCommit : .insideTransaction }
}
