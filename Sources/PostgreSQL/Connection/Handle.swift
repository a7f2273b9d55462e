internal import CPostgreSQL
internal import Logging

/// libpq's connection: the one owner of its pointer, closed at its end. Every call may block its thread.
///
/// libpq takes a null pointer for a connection that is closed.
struct Handle: ~Copyable {
    private let raw: OpaquePointer?

    private init(raw: OpaquePointer?) {
        self.raw = raw
    }

    static var closed: Handle { Handle(raw: nil) }

    /// Connects; throws `PostgresError.connection` or `.malformedURL`.
    static func connect(_ settings: ConnectionSettings) throws(PostgresError) -> Handle {
        let parameters = try settings.parameters()
        let raw = withCStrings(parameters.map(\.key)) { keys in
            withCStrings(parameters.map(\.value)) { values in PQconnectdbParams(keys, values, 1) }
        }
        let handle = Handle(raw: raw)
        guard handle.isOpen else { throw handle.failure(.connecting) }
        PQsetNoticeProcessor(raw, { _, text in logNotice(text) }, nil)
        return handle
    }

    deinit { PQfinish(raw) }

    var isOpen: Bool { PQstatus(raw) == CONNECTION_OK }
    var socket: Int32 { PQsocket(raw) }
    var isIdle: Bool { isOpen && PQtransactionStatus(raw) == PQTRANS_IDLE }
    var isInTransaction: Bool { isOpen && [PQTRANS_INTRANS, PQTRANS_INERROR].contains(PQtransactionStatus(raw)) }

    /// Whether the connection is still there, judged by what has arrived while nothing was asked.
    func isAliveWhileIdle() -> Bool {
        while isOpen, waitForInput(socket: socket, wake: nil, milliseconds: 0).socketIsReady {
            guard PQconsumeInput(raw) == 1 else { return false }
            _ = PQisBusy(raw)
        }
        return isOpen
    }

    /// Sends `text`, a statement or several, without parameters.
    func send(script text: [UInt8]) -> Bool {
        withCString(text) { PQsendQuery(raw, $0) } == 1
    }

    /// Sends one statement with its parameters for a single use.
    func send(_ text: [UInt8], _ parameters: SQLParameters) -> Bool {
        withCString(text) { text in
            parameters.withPointers { values, types in
                PQsendQueryParams(raw, text, Int32(parameters.count), types, values, nil, nil, 0)
            }
        } == 1
    }

    /// Has the server keep `text` under `name`.
    func send(prepare text: [UInt8], as name: String, _ parameters: SQLParameters) -> Bool {
        withCString(text) { text in
            parameters.withPointers { _, types in
                PQsendPrepare(raw, name, text, Int32(parameters.count), types)
            }
        } == 1
    }

    func send(prepared name: String, _ parameters: SQLParameters) -> Bool {
        parameters.withPointers { values, _ in
            PQsendQueryPrepared(raw, name, Int32(parameters.count), values, nil, nil, 0)
        } == 1
    }

    /// Waits for the answer to what was sent; nil if the connection was lost, `timeLimit` has passed or the statement
    /// was COPY. The connection is of no use after nil.
    ///
    /// When `cancellation` is raised, asks the server once to end the statement and goes on waiting. That happens on
    /// this thread and before this function returns, so a late cancellation cannot hit the next statement.
    func answer(within timeLimit: Duration, cancellation: Cancellation?) -> Answer? {
        let deadline = ContinuousClock.now + timeLimit
        var last: Answer?
        var hasCancelled = false
        while true {
            while PQisBusy(raw) == 1 {
                let left = (deadline - .now).wholeMilliseconds
                guard left > 0 else { return nil }
                guard isOpen else { break }
                let outcome = waitForInput(socket: socket, wake: cancellation?.wake, milliseconds: left)
                if let cancellation, cancellation.isRaised, !hasCancelled {
                    hasCancelled = true
                    requestCancel()
                }
                if outcome.socketIsReady, PQconsumeInput(raw) == 0 { break }
            }
            guard let result = PQgetResult(raw) else { break }
            // COPY would go on for ever: there is nobody to feed it.
            let isCopy = [PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH].contains(PQresultStatus(result))
            last = Answer(owning: result, after: last)
            if isCopy { return nil }
        }
        if isOpen { return last }
        return if case .failure(let report)? = last { .lost(report) } else { nil }
    }

    /// The failure to report for a connection in its present state.
    func failure(_ progress: ConnectionFailure.Progress, state: SQLState? = nil) -> PostgresError {
        // libpq has a message for the null pointer too.
        .connection(ConnectionFailure(progress: progress, message: String(cString: PQerrorMessage(raw)), state: state))
    }

    /// Notifications received since the last call.
    func takeNotifications() -> [(channel: String, payload: String)] {
        PQconsumeInput(raw)
        var notifications: [(channel: String, payload: String)] = []
        while let notification = PQnotifies(raw) {
            notifications.append(
                (String(cString: notification.pointee.relname), String(cString: notification.pointee.extra)))
            PQfreemem(notification)
        }
        return notifications
    }

    private func requestCancel() {
        guard let cancel = PQgetCancel(raw) else { return }
        defer { PQfreeCancel(cancel) }
        var reason = [CChar](repeating: 0, count: 256)
        _ = PQcancel(cancel, &reason, 256)
    }
}

private func logNotice(_ text: UnsafePointer<CChar>?) {
    guard let text else { return }
    Logger.current.debug("PostgreSQL notice", metadata: ["notice": "\(String(cString: text))"])
}
