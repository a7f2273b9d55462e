/// Everything that can go wrong between a caller and the database.
///
/// `description` names kinds and catalogue objects only and may be shown or logged; `debugDescription` has the
/// server's messages and the statement's text too, which can quote stored values.
package enum PostgresError: Error, Sendable, Equatable {
    /// The connection string cannot be read. libpq's own words are not passed on: they can quote the password.
    case malformedURL
    /// No connection, or it was lost. `ConnectionFailure.progress` tells what may have happened on the server.
    case connection(ConnectionFailure)
    /// The server refused or aborted the statement.
    case server(ServerError)
    /// A column has no value of the wanted type.
    case decoding(DecodingFailure)
    /// A parameter has no SQL form; nothing was sent.
    case encoding(EncodingFailure)
    /// A query for at most one row found this many.
    case tooManyRows(Int)
    /// The body returned although a statement of its transaction had failed; it was rolled back.
    case transactionAborted
    /// A `Transaction` was used after its end, or its text ended it.
    case transactionEnded
    /// The pool was used inside one of its own transactions, which would wait for a second connection.
    case nestedUse
    /// No connection became free in time.
    case poolTimeout(after: Duration)
    /// The pool is closed.
    case closed
    /// The task was cancelled; its statement had no effect.
    case cancelled

    /// Why a parameter has no SQL form.
    package enum EncodingFailure: Sendable {
        case containsNUL
        case dateOutOfRange
        /// More than 65,535, the limit of the protocol.
        case tooManyParameters
    }

    /// Whether trying the same later, without any change, may succeed.
    ///
    /// A lost connection during a statement of its own or during COMMIT leaves the outcome unknown: look before
    /// repeating a write.
    package var isTransient: Bool {
        switch self {
        case .connection, .poolTimeout: true
        case .server(let error): error.state.isTransient
        default: false
        }
    }

    /// The SQLSTATE of a statement that the server refused.
    package var state: SQLState? {
        if case .server(let error) = self { error.state } else { nil }
    }

    /// The name of the constraint that a statement violated.
    package var constraint: String? {
        if case .server(let error) = self { error.constraint } else { nil }
    }
}

/// A connection that was not made or did not last.
package struct ConnectionFailure: Sendable, Equatable {
    /// How far the caller's work had come.
    package enum Progress: Sendable {
        /// No connection was made.
        case connecting
        /// The loss was noticed before anything was sent.
        case beforeStatement
        /// A statement outside a transaction was sent: whether it took effect is unknown.
        case duringStatement
        /// COMMIT was never sent: the server rolls back.
        case insideTransaction
        /// COMMIT was sent: whether it took effect is unknown.
        case duringCommit
    }

    package let progress: Progress
    /// What libpq or the server said, of unknown content.
    package let message: String
    /// The server's last word, if it had one.
    package let state: SQLState?

    package var outcomeIsUnknown: Bool { progress == .duringStatement || progress == .duringCommit }
}

/// A column that could not be read.
package struct DecodingFailure: Sendable, Equatable {
    package enum Reason: Sendable {
        case noSuchColumn
        case ambiguousColumn
        case unexpectedNull
        case malformed
    }

    package let column: String
    /// Name of the Swift type that was wanted.
    package let expected: String
    package let reason: Reason
}

/// The server's report on a statement, PostgreSQL manual section 55.8.
package struct ServerError: Sendable, Equatable {
    package let state: SQLState
    /// May quote values.
    package let message: String
    /// May quote values.
    package let detail: String?
    package let hint: String?
    package let constraint: String?
    package let table: String?
    package let column: String?
    /// The statement's text with placeholders.
    package let statement: String?

    package init(
        state: SQLState, message: String = "", detail: String? = nil, hint: String? = nil, constraint: String? = nil,
        table: String? = nil, column: String? = nil, statement: String? = nil
    ) {
        self.state = state
        self.message = message
        self.detail = detail
        self.hint = hint
        self.constraint = constraint
        self.table = table
        self.column = column
        self.statement = statement
    }
}
