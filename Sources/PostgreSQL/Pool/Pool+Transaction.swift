internal import Synchronization

extension Pool {
    private typealias Attempt<Success> = (result: Result<Success, any Error>, cause: PostgresError?)

    /// Runs `body` in a transaction: commits when it returns, rolls back when it throws.
    ///
    /// The body may run several times: again up to three times after a serialization failure, a deadlock or the
    /// violation of an exclusion constraint, which shows what the body's checks could not see yet, and once
    /// after the connection was lost with COMMIT unsent. It must have no effects outside the transaction. A failure
    /// with `ConnectionFailure.outcomeIsUnknown` may have been committed. A cancelled task rolls back, unless the body
    /// has returned. `statementTimeout` replaces the settings' limit for this transaction; zero is none.
    @discardableResult
    package func transaction<Success>(
        isolation: Isolation = .readCommitted, access: TransactionAccess = .readWrite,
        planning: Planning = .automatic, statementTimeout: Duration? = nil,
        _ body: (Transaction) async throws -> Success
    ) async throws -> Success {
        try TransactionScope.refuseNestedUse(of: self)
        let opening = TransactionOpening(
            isolation: isolation, access: access, planning: planning, statementTimeout: statementTimeout)
        var retries = TransactionRetries()
        while true {
            let attempt = try await attempt(opening, body)
            guard case .failure(let error) = attempt.result else { return try attempt.result.get() }
            guard let pause = retries.pause(after: attempt.cause, closedConnectionLimit: size) else { throw error }
            do { try await Task.sleep(for: pause) } catch { throw PostgresError.cancelled }
        }
    }

    private func attempt<Success>(
        _ opening: TransactionOpening, _ body: (Transaction) async throws -> Success
    ) async throws(PostgresError) -> Attempt<Success> {
        let connection = try await lease()
        // On the connection's thread from the first statement to the last: none of them changes threads.
        let (attempt, isReusable) = await withTaskExecutorPreference(connection.executor) {
            await self.attempt(opening, on: connection, body)
        }
        giveBack(connection, isReusable: isReusable)
        return attempt
    }

    private func attempt<Success>(
        _ opening: TransactionOpening, on connection: Connection, _ body: (Transaction) async throws -> Success
    ) async -> (Attempt<Success>, isReusable: Bool) {
        let beginning = await connection.begin(opening)
        let number: Int
        switch beginning.result {
        case .success(let opened): number = opened
        case .failure(let error): return ((.failure(error), error), beginning.isReusable)
        }

        let transaction = Transaction(connection: connection, number: number)
        let result: Result<Success, any Error>
        do {
            result = .success(try await TransactionScope.run(in: self) { try await body(transaction) })
        } catch {
            result = .failure(error)
        }

        let ending: TransactionEnding = if case .success = result { .commit } else { .rollback }
        let (outcome, failure) = await connection.end(number, ending)
        if case .failure(let error) = outcome.result, ending == .commit {
            return ((.failure(error), error), outcome.isReusable)
        }
        return ((result, failure), outcome.isReusable)
    }
}

/// Decides whether a failed transaction is run again.
struct TransactionRetries {
    private var conflicts = 0
    private var closedConnections = 0
    private var losses = 0

    /// How long to wait before the next attempt; nil for giving up.
    mutating func pause(after cause: PostgresError?, closedConnectionLimit: Int) -> Duration? {
        if cause?.progress == .beforeStatement, closedConnections < closedConnectionLimit {
            closedConnections += 1
            return .zero
        }
        if cause?.progress == .insideTransaction, losses < 1 {
            losses += 1
            return .zero
        }
        if cause?.state?.asksForRetry == true || cause?.state == .exclusionViolation, conflicts < 3 {
            conflicts += 1
            return .milliseconds(Int.random(in: 1...10) << conflicts)
        }
        return nil
    }
}

/// Marks the tasks that run inside a transaction of a pool.
final class TransactionScope: Sendable {
    @TaskLocal private static var current: TransactionScope?

    private let pool: ObjectIdentifier
    private let outer: TransactionScope?
    private let hasEnded = Atomic(false)

    private init(pool: Pool, outer: TransactionScope?) {
        self.pool = ObjectIdentifier(pool)
        self.outer = outer
    }

    static func run<Success>(in pool: Pool, _ body: () async throws -> Success) async throws -> Success {
        let scope = TransactionScope(pool: pool, outer: current)
        defer { scope.hasEnded.store(true, ordering: .releasing) }
        return try await $current.withValue(scope) { try await body() }
    }

    /// Throws `PostgresError.nestedUse` inside an open transaction of `pool`.
    static func refuseNestedUse(of pool: Pool) throws(PostgresError) {
        var scope = current
        while let enclosing = scope {
            if enclosing.pool == ObjectIdentifier(pool), !enclosing.hasEnded.load(ordering: .acquiring) {
                throw .nestedUse
            }
            scope = enclosing.outer
        }
    }
}
