/// A five-character SQLSTATE code, PostgreSQL manual appendix A.
package struct SQLState: RawRepresentable, Hashable, Sendable {
    package let rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    package static let featureNotSupported = SQLState(rawValue: "0A000")
    package static let notNullViolation = SQLState(rawValue: "23502")
    package static let foreignKeyViolation = SQLState(rawValue: "23503")
    package static let uniqueViolation = SQLState(rawValue: "23505")
    package static let checkViolation = SQLState(rawValue: "23514")
    package static let exclusionViolation = SQLState(rawValue: "23P01")
    /// A write on a standby or in a read-only transaction; the connection is replaced after it.
    package static let readOnlyTransaction = SQLState(rawValue: "25006")
    package static let transactionAborted = SQLState(rawValue: "25P02")
    package static let invalidStatementName = SQLState(rawValue: "26000")
    package static let invalidCatalogName = SQLState(rawValue: "3D000")
    package static let serializationFailure = SQLState(rawValue: "40001")
    package static let deadlockDetected = SQLState(rawValue: "40P01")
    package static let insufficientPrivilege = SQLState(rawValue: "42501")
    package static let undefinedTable = SQLState(rawValue: "42P01")
    package static let duplicateObject = SQLState(rawValue: "42710")
    package static let duplicateDatabase = SQLState(rawValue: "42P04")
    package static let diskFull = SQLState(rawValue: "53100")
    package static let tooManyConnections = SQLState(rawValue: "53300")
    package static let lockNotAvailable = SQLState(rawValue: "55P03")
    /// Ended by `statement_timeout` or by an administrator; an own cancellation is `PostgresError.cancelled`.
    package static let queryCanceled = SQLState(rawValue: "57014")
    package static let adminShutdown = SQLState(rawValue: "57P01")
    package static let crashShutdown = SQLState(rawValue: "57P02")
    package static let cannotConnectNow = SQLState(rawValue: "57P03")

    /// The first two characters, such as `22` for data the server could not take or `23` for a violated constraint.
    package var errorClass: String { String(rawValue.prefix(2)) }

    /// Whether running the whole transaction again is the answer: a conflict, or a prepared plan that went stale when
    /// a migration changed its tables.
    var asksForRetry: Bool {
        switch self {
        case .serializationFailure, .deadlockDetected, .featureNotSupported, .invalidStatementName: true
        default: false
        }
    }

    /// Whether the same statement may succeed later without a change of the program or the data.
    var isTransient: Bool {
        switch errorClass {
        case "08", "40", "53", "57": true
        default: self == .lockNotAvailable || self == .readOnlyTransaction
        }
    }
}
