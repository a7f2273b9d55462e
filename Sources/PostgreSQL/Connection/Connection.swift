internal import CPostgreSQL
internal import Logging

/// One session with the server, on a thread of its own: every wait for the server, connecting included, happens there.
///
/// It never reconnects; replacing it is the pool's business.
actor Connection {
    /// What a call did, and whether the connection can serve others.
    struct Outcome<Success: Sendable>: Sendable {
        let result: Result<Success, PostgresError>
        let isReusable: Bool
    }

    nonisolated let wake = WakePipe()
    nonisolated let executor: ThreadExecutor
    private let settings: ConnectionSettings
    private var handle = Handle.closed
    private var cache: StatementCache
    /// Number of the open transaction.
    private var transaction: Int?
    private var lastTransaction = 0
    /// The first failure inside the open transaction.
    private var transactionFailure: PostgresError?
    private var statementTimeout: Duration?
    /// Set by an answer after which the session must not serve others.
    private var isSpoiled = false

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private init(settings: ConnectionSettings) {
        self.settings = settings
        executor = ThreadExecutor(name: "postgresql")
        cache = StatementCache(capacity: settings.preparedStatements)
        statementTimeout = settings.statementTimeout
    }

    deinit { executor.stop() }

    /// Connects. Throws `PostgresError.connection` or `.malformedURL`.
    static func open(_ settings: ConnectionSettings) async throws(PostgresError) -> Connection {
        let connection = Connection(settings: settings)
        try await connection.connect()
        return connection
    }

    private func connect() throws(PostgresError) {
        handle = try Handle.connect(settings)
    }

    /// Says good-bye to the server. Later calls fail with `.connection(.beforeStatement)`.
    func close() {
        handle = Handle.closed
    }

    /// Runs one statement, inside the transaction of that number or outside any.
    func run(_ sql: SQL, in transaction: Int? = nil, cancellation: Cancellation?) -> Outcome<ResultSet> {
        outcome { () throws(PostgresError) in
            guard transaction == self.transaction else { throw PostgresError.transactionEnded }
            if let cancellation, cancellation.isRaised { throw PostgresError.cancelled }
            let result = try perform(sql, cancellation: cancellation)
            if transaction != nil { try checkInTransaction() }
            return result
        }
    }

    /// Runs text of the program's own, possibly several statements, in the open transaction.
    func run(script: String, in transaction: Int) -> Outcome<Void> {
        outcome { () throws(PostgresError) in
            guard transaction == self.transaction else { throw PostgresError.transactionEnded }
            guard !script.utf8.contains(0) else { throw PostgresError.encoding(.containsNUL) }
            _ = try exchange(Array(script.utf8), cancellation: nil) { handle, text in handle.send(script: text) }
            try checkInTransaction()
        }
    }

    /// Opens a transaction; its number.
    func begin(_ opening: TransactionOpening) -> Outcome<Int> {
        outcome { () throws(PostgresError) in
            try checkIdle()
            _ = try exchange(
                Array(opening.script.utf8), cancellation: nil, progress: .insideTransaction
            ) { handle, text in handle.send(script: text) }
            lastTransaction += 1
            transaction = lastTransaction
            transactionFailure = nil
            statementTimeout = opening.statementTimeout ?? settings.statementTimeout
            return lastTransaction
        }
    }

    /// Ends the transaction of that number. COMMIT is never cancelled, since its outcome would be unknown.
    ///
    /// `failure` is the first failure inside it, known even where the body hid it.
    func end(_ transaction: Int, _ ending: TransactionEnding) -> (outcome: Outcome<Void>, failure: PostgresError?) {
        let failure = transactionFailure
        let outcome = outcome { () throws(PostgresError) in
            guard transaction == self.transaction else { throw PostgresError.transactionEnded }
            defer { forgetTransaction() }
            // After a loss COMMIT is not sent: the outcome is known.
            guard handle.isOpen else { throw failure ?? lost(.insideTransaction, state: nil) }
            let result = try exchange(
                Array(ending.rawValue.utf8), cancellation: nil, progress: ending.progress
            ) { handle, text in handle.send(script: text) }
            // COMMIT of a failed transaction rolls back and answers so.
            if ending == .commit, result.commandTag != "COMMIT" { throw failure ?? PostgresError.transactionAborted }
        }
        return (outcome, failure)
    }

    private func outcome<Success>(_ body: () throws(PostgresError) -> Success) -> Outcome<Success> {
        let result: Result<Success, PostgresError>
        do throws(PostgresError) {
            result = .success(try body())
        } catch {
            result = .failure(error)
            if transaction != nil, transactionFailure == nil { transactionFailure = error }
        }
        let isReusable = transaction == nil && !isSpoiled && handle.isIdle
        return Outcome(result: result, isReusable: isReusable)
    }

    /// Throws if a statement's text has ended the transaction.
    private func checkInTransaction() throws(PostgresError) {
        guard !handle.isInTransaction else { return }
        forgetTransaction()
        throw .transactionEnded
    }

    private func forgetTransaction() {
        transaction = nil
        transactionFailure = nil
        statementTimeout = settings.statementTimeout
    }

    /// How long an answer may take: beyond the server's own limit the server or the way to it is dead.
    private var answerLimit: Duration {
        let limit = statementTimeout ?? .zero
        return limit == .zero ? .seconds(86_400) : limit + .seconds(10)
    }

    private func checkIdle() throws(PostgresError) {
        guard handle.isAliveWhileIdle() else { throw lost(.beforeStatement, state: nil) }
    }

    private func perform(_ sql: SQL, cancellation: Cancellation?) throws(PostgresError) -> ResultSet {
        let parameters = sql.parameters
        if let failure = parameters.failure { throw .encoding(failure) }
        guard parameters.count <= Int(UInt16.max) else { throw .encoding(.tooManyParameters) }
        let text = sql.rendered()
        guard !text.contains(0) else { throw .encoding(.containsNUL) }
        if transaction == nil { try checkIdle() }

        switch cache.plan(text: text, types: parameters.types) {
        case .unnamed:
            break
        case .prepare(let name):
            try deallocateForgotten()
            _ = try exchange(text, cancellation: cancellation) { handle, text in
                handle.send(prepare: text, as: name, parameters)
            }
            cache.didPrepare(text: text, types: parameters.types, as: name)
            return try exchange(text, cancellation: cancellation) { handle, _ in
                handle.send(prepared: name, parameters)
            }
        case .run(let name):
            do throws(PostgresError) {
                return try exchange(text, cancellation: cancellation) { handle, _ in
                    handle.send(prepared: name, parameters)
                }
            } catch {
                // The table has changed under the plan, or the plan is gone: refused before anything ran.
                switch error.state {
                case .featureNotSupported: cache.forget(text: text, types: parameters.types)
                case .invalidStatementName: cache.forgetAll()
                default: throw error
                }
                guard transaction == nil else { throw error }
            }
        }
        return try exchange(text, cancellation: cancellation) { handle, text in handle.send(text, parameters) }
    }

    private func deallocateForgotten() throws(PostgresError) {
        guard !cache.forgotten.isEmpty else { return }
        let script = cache.forgotten.map { "deallocate \($0);" }.joined()
        cache.didDeallocateForgotten()
        _ = try exchange(Array(script.utf8), cancellation: nil) { handle, text in handle.send(script: text) }
    }

    /// Sends and waits for the answer.
    private func exchange(
        _ text: [UInt8], cancellation: Cancellation?, progress: ConnectionFailure.Progress? = nil,
        _ send: (borrowing Handle, [UInt8]) -> Bool
    ) throws(PostgresError) -> ResultSet {
        let progress = progress ?? (transaction == nil ? .duringStatement : .insideTransaction)
        let sent = send(handle, text)
        switch sent ? handle.answer(within: answerLimit, cancellation: cancellation) : nil {
        case .success(let result)?:
            return result
        case .failure(let report)?:
            if report.state == .readOnlyTransaction { isSpoiled = true }
            if report.state == .queryCanceled, cancellation?.isRaised == true { throw .cancelled }
            throw .server(report.error(statement: text))
        case .lost(let report)?:
            throw lost(progress, state: report.state.rawValue.isEmpty ? nil : report.state)
        case nil:
            throw lost(progress, state: nil)
        }
    }

    private func lost(_ progress: ConnectionFailure.Progress, state: SQLState?) -> PostgresError {
        let failure = handle.failure(progress, state: state)
        handle = Handle.closed
        Logger.current.warning("connection to PostgreSQL lost", metadata: ["progress": "\(progress)"])
        return failure
    }
}
