extension PostgresError: CustomStringConvertible, CustomDebugStringConvertible {
    package var description: String {
        switch self {
        case .malformedURL: "the database's connection string is malformed"
        case .connection(let failure): failure.description
        case .server(let error): error.description
        case .decoding(let failure): failure.description
        case .encoding(.containsNUL): "a text parameter contains NUL"
        case .encoding(.dateOutOfRange): "a date parameter is out of range"
        case .encoding(.tooManyParameters): "a statement has more than 65,535 parameters"
        case .tooManyRows(let count): "expected at most one row, found \(count)"
        case .transactionAborted: "the transaction was rolled back because one of its statements had failed"
        case .transactionEnded: "the transaction has already ended"
        case .nestedUse: "the pool was used inside its own transaction"
        case .poolTimeout(let limit): "no database connection became free within \(limit)"
        case .closed: "the database pool is closed"
        case .cancelled: "the statement was cancelled"
        }
    }

    package var debugDescription: String {
        switch self {
        case .connection(let failure): failure.debugDescription
        case .server(let error): error.debugDescription
        default: description
        }
    }
}

extension ConnectionFailure: CustomStringConvertible, CustomDebugStringConvertible {
    /// Without libpq's message.
    package var description: String {
        let event =
            switch progress {
            case .connecting: "cannot connect to PostgreSQL"
            case .beforeStatement: "the connection to PostgreSQL was closed"
            case .duringStatement: "the connection to PostgreSQL was lost during a statement; its outcome is unknown"
            case .insideTransaction: "the connection to PostgreSQL was lost inside a transaction, which is rolled back"
            case .duringCommit: "the connection to PostgreSQL was lost during COMMIT; its outcome is unknown"
            }
        return event + (state.map { " (SQLSTATE \($0.rawValue))" } ?? "")
    }

    package var debugDescription: String { "\(description): \(message)" }
}

extension ServerError: CustomStringConvertible, CustomDebugStringConvertible {
    /// The code and the names of what is concerned.
    package var description: String {
        let names = [("constraint", constraint), ("table", table), ("column", column)]
            .compactMap { kind, name in name.map { ", \(kind) \($0)" } }
        return "PostgreSQL refused a statement: SQLSTATE \(state.rawValue)" + names.joined()
    }

    package var debugDescription: String {
        ([description, message] + [detail, hint, statement].compactMap(\.self)).joined(separator: "; ")
    }
}

extension DecodingFailure: CustomStringConvertible {
    package var description: String {
        switch reason {
        case .noSuchColumn: "the result has no column \(column)"
        case .ambiguousColumn: "the result has several columns \(column)"
        case .unexpectedNull: "column \(column) is NULL, expected \(expected)"
        case .malformed: "column \(column) is not a valid \(expected)"
        }
    }
}
