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
    /// What is sent together with the next statement: the opening of the transaction, and what was submitted in it.
    private var waiting: [Message] = []
    /// How many of these open the transaction; 0 once the server has heard of it.
    private var unopened = 0
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

    /// Keeps a statement of the open transaction until the next one, or its end, is sent.
    func submit(_ sql: SQL, in transaction: Int) -> Outcome<Void> {
        outcome { () throws(PostgresError) in
            guard transaction == self.transaction else { throw PostgresError.transactionEnded }
            waiting += try messages(for: sql)
        }
    }

    /// Runs text of the program's own, possibly several statements, in the open transaction.
    func run(script: String, in transaction: Int) -> Outcome<Void> {
        outcome { () throws(PostgresError) in
            guard transaction == self.transaction else { throw PostgresError.transactionEnded }
            guard !script.utf8.contains(0) else { throw PostgresError.encoding(.containsNUL) }
            // Several statements cannot travel with others.
            if !waiting.isEmpty { _ = try exchange([], cancellation: nil) }
            _ = try exchange([Message(script: script)], cancellation: nil)
            try checkInTransaction()
        }
    }

    /// Opens a transaction; its number. The server hears of it with the first statement.
    func begin(_ opening: TransactionOpening) -> Outcome<Int> {
        outcome { () throws(PostgresError) in
            try checkIdle()
            lastTransaction += 1
            transaction = lastTransaction
            transactionFailure = nil
            statementTimeout = opening.statementTimeout ?? settings.statementTimeout
            waiting = opening.statements.map { Message(statement: $0) }
            unopened = waiting.count
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
            if ending == .rollback || handle.isInFailedTransaction || waiting.count == unopened { dropWaiting() }
            // Nothing was ever sent: nothing is to be ended.
            guard unopened == 0 || !waiting.isEmpty else { return }
            do throws(PostgresError) {
                let result = try exchange(
                    [Message(statement: ending.rawValue)], cancellation: nil, progress: ending.progress)
                // COMMIT of a failed transaction rolls back and answers so.
                if ending == .commit, result.commandTag != "COMMIT" {
                    throw failure ?? PostgresError.transactionAborted
                }
            } catch {
                // One of the statements before it failed, so that COMMIT was not done.
                if handle.isInTransaction {
                    _ = try exchange([Message(statement: TransactionEnding.rollback.rawValue)], cancellation: nil)
                }
                throw error
            }
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
        dropWaiting()
        unopened = 0
        transactionFailure = nil
        statementTimeout = settings.statementTimeout
    }

    private func dropWaiting() {
        for message in waiting { cache.forgetPlan(of: message, because: nil) }
        waiting = []
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
        let messages = try messages(for: sql)
        if transaction == nil { try checkIdle() }
        do throws(PostgresError) {
            return try exchange(messages, cancellation: cancellation)
        } catch {
            // The plan was of no use any more, and is forgotten by now: refused before anything ran.
            guard transaction == nil, error.isAboutPlan, messages.last?.isPrepared == true else { throw error }
            return try exchange([Message(text: sql.rendered(), .statement(sql.parameters))], cancellation: cancellation)
        }
    }

    /// What has to be said for a statement to be run.
    private func messages(for sql: SQL) throws(PostgresError) -> [Message] {
        let parameters = sql.parameters
        if let failure = parameters.failure { throw .encoding(failure) }
        guard parameters.count <= Int(UInt16.max) else { throw .encoding(.tooManyParameters) }
        let text = sql.rendered()
        guard !text.contains(0) else { throw .encoding(.containsNUL) }
        return cache.messages(for: text, parameters)
    }

    /// Sends what waits and these, and waits for the answers; gives the last one.
    ///
    /// Throws the first failure. What comes after it has not been done.
    private func exchange(
        _ messages: [Message], cancellation: Cancellation?, progress: ConnectionFailure.Progress? = nil
    ) throws(PostgresError) -> ResultSet {
        let progress = progress ?? (transaction == nil ? .duringStatement : .insideTransaction)
        let messages = waiting + messages
        waiting = []
        unopened = 0
        let sent = handle.send(messages)
        let answers = sent ? handle.answers(count: messages.count, within: answerLimit, cancellation: cancellation) : []
        var failure: PostgresError?
        for (index, message) in messages.enumerated() {
            switch index < answers.count ? answers[index] : nil {
            case .success?: continue
            case .failure(let report)?:
                if report.state == .readOnlyTransaction { isSpoiled = true }
                let isCancelled = report.state == .queryCanceled && cancellation?.isRaised == true
                failure = failure ?? (isCancelled ? .cancelled : .server(report.error(statement: message.text)))
                cache.forgetPlan(of: message, because: report.state)
            case .skipped?:
                cache.forgetPlan(of: message, because: nil)
            case .lost(let report)?:
                throw lost(progress, state: report.state.rawValue.isEmpty ? nil : report.state)
            case nil:
                throw lost(progress, state: nil)
            }
        }
        if let failure { throw failure }
        guard case .success(let result)? = answers.last else { throw lost(progress, state: nil) }
        return result
    }

    private func lost(_ progress: ConnectionFailure.Progress, state: SQLState?) -> PostgresError {
        let failure = handle.failure(progress, state: state)
        handle = Handle.closed
        Logger.current.warning("connection to PostgreSQL lost", metadata: ["progress": "\(progress)"])
        return failure
    }
}

extension PostgresError {
    /// Whether a prepared plan is gone, or its table has changed.
    fileprivate var isAboutPlan: Bool { state == .featureNotSupported || state == .invalidStatementName }
}
