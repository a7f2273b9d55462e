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

/// How the statements of a transaction are planned, PostgreSQL manual, PREPARE, section "Notes".
package enum Planning: Sendable {
    /// Anew for their values, where the server hopes to gain by it.
    case automatic
    /// Once, whatever their values: for those that find few rows by a key, whose planning takes longer than the work.
    case once
}

/// What is said to open a transaction.
struct TransactionOpening {
    let isolation: Isolation
    let access: TransactionAccess
    let planning: Planning
    /// Instead of the connection's own limit; zero for none.
    let statementTimeout: Duration?

    var statements: [String] {
        let limit = statementTimeout.map { ["set local statement_timeout = \($0.wholeMilliseconds)"] } ?? []
        let plans = planning == .once ? ["set local plan_cache_mode = force_generic_plan"] : []
        return ["begin isolation level \(isolation.rawValue) \(access.rawValue)"] + plans + limit
    }
}

/// What is said to end one.
enum TransactionEnding: String {
    case commit
    case rollback

    var progress: ConnectionFailure.Progress { self == .commit ? .duringCommit : .insideTransaction }
}
