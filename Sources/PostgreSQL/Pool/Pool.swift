internal import Logging
internal import Synchronization

/// A bounded number of connections, lent in the order of asking.
///
/// A connection that is lost or not clean is closed and another opened when somebody waits, so the pool outlives the
/// server's restarts. While the server is away, callers get `PostgresError.connection` at once.
package final class Pool: Queryable {
    package let settings: ConnectionSettings
    let size: Int
    private let acquireTimeout: Duration
    private let state: Mutex<PoolState>
    private let quiet = Mutex<[CheckedContinuation<Void, Never>]>([])

    /// A pool of at most `size` connections, opened when needed. Somebody who waits longer than `acquireTimeout` gets
    /// `PostgresError.poolTimeout`.
    package init(_ settings: ConnectionSettings, size: Int, acquireTimeout: Duration = .seconds(5)) {
        self.settings = settings
        self.size = max(1, size)
        self.acquireTimeout = acquireTimeout
        state = Mutex(PoolState(capacity: max(1, size)))
    }

    package func rows(_ sql: SQL) async throws(PostgresError) -> [Row] {
        try await run(sql).rows
    }

    @discardableResult
    package func execute(_ sql: SQL) async throws(PostgresError) -> Int {
        try await run(sql).affectedRows
    }

    package func submit(_ sql: SQL) async throws(PostgresError) {
        _ = try await run(sql)
    }

    /// Lends nothing more and returns when everything lent is back and closed. Who waits gets `PostgresError.closed`.
    package func close() async {
        let (idle, waiters) = state.withLock { $0.close() }
        for waiter in waiters { waiter.resume(returning: .failure(.closed)) }
        for connection in idle { await connection.close() }
        await withCheckedContinuation { continuation in
            quiet.withLock { $0.append(continuation) }
            resumeCloserIfQuiet()
        }
    }

    /// Runs a statement on a connection of its own, which is a transaction of its own: repeated if the connection proves
    /// closed before sending, or the server undid it for a conflict, as others are.
    private func run(_ sql: SQL) async throws(PostgresError) -> ResultSet {
        try TransactionScope.refuseNestedUse(of: self)
        var retries = TransactionRetries()
        while true {
            let connection = try await lease()
            let outcome = await withCancellation(wake: connection.wake) { cancellation in
                await connection.run(sql, cancellation: cancellation)
            }
            giveBack(connection, isReusable: outcome.isReusable)
            guard case .failure(let error) = outcome.result else { return try outcome.result.get() }
            guard let pause = retries.pause(after: error, closedConnectionLimit: size) else { throw error }
            do { try await Task.sleep(for: pause) } catch { throw .cancelled }
        }
    }
}

// Leases.
extension Pool {
    /// A connection for the caller alone, to be given back.
    func lease() async throws(PostgresError) -> Connection {
        guard !Task.isCancelled else { throw .cancelled }
        let (connection, ticket) = state.withLock { ($0.takeIdle(), $0.nextTicket()) }
        guard !isClosed else { throw .closed }
        if let connection { return connection }

        return try await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in wait(waiter, ticket: ticket) }
        } onCancel: {
            resumeWaiter(ticket, throwing: .cancelled)
        }.get()
    }

    /// Ends a lease. A connection that is not reusable is closed.
    func giveBack(_ connection: Connection, isReusable: Bool) {
        let (waiter, isClosed) = state.withLock {
            ($0.didReturn(isReusable ? connection : nil), $0.isClosed)
        }
        waiter?.resume(returning: .success(connection))
        if !isReusable || isClosed { Task { await connection.close() } }
        openIfNeeded()
        resumeCloserIfQuiet()
    }

    /// How many wait for a connection now.
    var waiterCount: Int { state.withLock(\.waiterCount) }

    var isClosed: Bool { state.withLock(\.isClosed) }

    private func wait(_ waiter: PoolState.Waiter, ticket: Int) {
        let answer: Result<Connection, PostgresError>? = state.withLock { state in
            // A task is marked before its handler runs: the handler finds the waiter or this finds the mark.
            if Task.isCancelled { return .failure(.cancelled) }
            if state.isClosed { return .failure(.closed) }
            if let connection = state.takeIdle() { return .success(connection) }
            state.enqueue(waiter, ticket: ticket, until: .now + acquireTimeout)
            return nil
        }
        if let answer { waiter.resume(returning: answer) }
        watchWaitersIfNeeded()
        openIfNeeded()
    }

    /// Sends those away who have waited too long: one task for all, as long as somebody waits.
    private func watchWaitersIfNeeded() {
        guard state.withLock({ $0.reserveWatch() }) else { return }
        Task { [weak self, acquireTimeout] in
            while let deadline = self?.state.withLock({ $0.nextDeadline() }) {
                try await Task.sleep(until: deadline, clock: .continuous)
                for waiter in self?.state.withLock({ $0.takeOverdue(at: .now) }) ?? [] {
                    waiter.resume(returning: .failure(.poolTimeout(after: acquireTimeout)))
                }
            }
        }
    }

    private func resumeWaiter(_ ticket: Int, throwing error: PostgresError) {
        state.withLock { $0.removeWaiter(ticket) }?.resume(returning: .failure(error))
    }

    private func openIfNeeded() {
        while state.withLock({ $0.reserveOpening() }) {
            Task { await open() }
        }
    }

    private func open() async {
        do throws(PostgresError) {
            let connection = try await Connection.open(settings)
            let (waiter, isClosed) = state.withLock { ($0.didOpen(connection), $0.isClosed) }
            waiter?.resume(returning: .success(connection))
            if isClosed { await connection.close() }
        } catch {
            Logger.current.warning("cannot connect to PostgreSQL")
            state.withLock { $0.didFailToOpen() }?.resume(returning: .failure(error))
        }
        openIfNeeded()
        resumeCloserIfQuiet()
    }

    private func resumeCloserIfQuiet() {
        guard state.withLock({ $0.isClosed && $0.isQuiet }) else { return }
        let closers = quiet.withLock { closers in
            defer { closers = [] }
            return closers
        }
        for closer in closers { closer.resume() }
    }
}

extension PostgresError {
    /// How far the work had come when its connection was lost.
    var progress: ConnectionFailure.Progress? {
        if case .connection(let failure) = self { failure.progress } else { nil }
    }
}
