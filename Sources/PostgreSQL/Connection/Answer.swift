internal import CPostgreSQL

/// The server's answer to what was sent.
enum Answer {
    case success(ResultSet)
    case failure(ServerReport)
    /// The connection ended with this, from the server or from libpq.
    case lost(ServerReport)

    /// Not done, because something before it failed.
    case skipped

    init(owning raw: OpaquePointer) {
        let result = ResultSet(owning: raw)
        if [PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY].contains(PQresultStatus(raw)) {
            self = .success(result)
        } else {
            self = .failure(ServerReport(raw))
        }
    }
}

/// The fields of an error report.
struct ServerReport {
    /// Empty where libpq made the report itself.
    let state: SQLState
    private let message: String
    private let detail: String?
    private let hint: String?
    private let constraint: String?
    private let table: String?
    private let column: String?

    fileprivate init(_ result: OpaquePointer) {
        func field(_ code: Unicode.Scalar) -> String? {
            let text: UnsafePointer<CChar>? = UnsafePointer(PQresultErrorField(result, Int32(code.value)))
            return text.map { String(cString: $0) }
        }
        // The codes of the manual's section 55.8, libpq's PG_DIAG_ constants.
        state = SQLState(rawValue: field("C") ?? "")
        message = field("M") ?? String(cString: PQresultErrorMessage(result))
        detail = field("D")
        hint = field("H")
        constraint = field("n")
        table = field("t")
        column = field("c")
    }

    func error(statement: [UInt8]) -> ServerError {
        ServerError(
            state: state, message: message, detail: detail, hint: hint, constraint: constraint, table: table,
            column: column, statement: String(decoding: statement, as: UTF8.self))
    }
}
