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
    /// Whether a statement has failed, so that the transaction takes no further ones.
    var isInFailedTransaction: Bool { isOpen && PQtransactionStatus(raw) == PQTRANS_INERROR }
    var isInTransaction: Bool { isOpen && [PQTRANS_INTRANS, PQTRANS_INERROR].contains(PQtransactionStatus(raw)) }

    /// Whether the connection is still there, judged by what has arrived while nothing was asked.
    func isAliveWhileIdle() -> Bool {
        while isOpen, waitForInput(socket: socket, wake: nil, milliseconds: 0).socketIsReady {
            guard PQconsumeInput(raw) == 1 else { return false }
            _ = PQisBusy(raw)
        }
        return isOpen
    }

    /// Sends all that is to be done; several messages at once, in pipeline mode (libpq manual, "Pipeline Mode").
    func send(_ messages: [Message]) -> Bool {
        let isPipeline = messages.count != 1
        if isPipeline { guard PQenterPipelineMode(raw) == 1 else { return false } }
        for message in messages {
            guard sendOne(message) else { return false }
        }
        return isPipeline ? PQpipelineSync(raw) == 1 : true
    }

    /// Runs text of the program's own; nil as for ``answers(count:within:cancellation:)``.
    func run(script: String, within timeLimit: Duration, cancellation: Cancellation? = nil) -> Answer? {
        guard send([Message(script: script)]) else { return nil }
        return answers(count: 1, within: timeLimit, cancellation: cancellation).first
    }

    private func sendOne(_ message: Message) -> Bool {
        let status =
            switch message.content {
            case .script:
                withCString(message.text) { PQsendQuery(raw, $0) }
            case .statement(let parameters):
                withCString(message.text) { text in
                    parameters.withPointers { values, types in
                        PQsendQueryParams(raw, text, Int32(parameters.count), types, values, nil, nil, 0)
                    }
                }
            case .preparation(let name, let parameters):
                withCString(message.text) { text in
                    parameters.withPointers { _, types in
                        PQsendPrepare(raw, name, text, Int32(parameters.count), types)
                    }
                }
            case .prepared(let name, let parameters):
                parameters.withPointers { values, _ in
                    PQsendQueryPrepared(raw, name, Int32(parameters.count), values, nil, nil, 0)
                }
            }
        return status == 1
    }

    /// Waits for the answers to what was sent. Fewer than `count` if the connection was lost, `timeLimit` has passed or
    /// a statement was COPY; then the connection is of no use.
    ///
    /// When `cancellation` is raised, asks the server once to end the statement and goes on waiting. That happens on
    /// this thread and before this function returns, so a late cancellation cannot hit the next statement.
    func answers(count: Int, within timeLimit: Duration, cancellation: Cancellation?) -> [Answer] {
        let deadline = ContinuousClock.now + timeLimit
        let isPipeline = count != 1
        var answers: [Answer] = []
        var hasCancelled = false
        var hasEnded = false
        var isBetweenAnswers = false
        while !hasEnded {
            guard wait(until: deadline, cancellation, &hasCancelled) else { return [] }
            guard let result = PQgetResult(raw) else {
                // The end of everything, or in a pipeline that of one answer.
                hasEnded = !isPipeline || isBetweenAnswers || !isOpen
                isBetweenAnswers = true
                continue
            }
            isBetweenAnswers = false
            switch PQresultStatus(result) {
            case PGRES_PIPELINE_SYNC:
                PQclear(result)
                hasEnded = true
                guard PQexitPipelineMode(raw) == 1 else { return [] }
            case PGRES_PIPELINE_ABORTED:
                PQclear(result)
                answers.append(.skipped)
            case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
                // COPY would go on for ever: there is nobody to feed it.
                PQclear(result)
                return []
            default:
                let answer = Answer(owning: result)
                if isPipeline || answers.isEmpty {
                    answers.append(answer)
                } else if case .success? = answers.last {
                    // Of a script, the first failure, else the last result.
                    answers[0] = answer
                }
            }
        }
        if isOpen { return answers }
        let report = answers.lazy.compactMap { if case .failure(let report) = $0 { report } else { nil } }.first
        return report.map { [.lost($0)] } ?? []
    }

    /// Waits until a result is there or the connection is gone; false if `deadline` has passed.
    private func wait(
        until deadline: ContinuousClock.Instant, _ cancellation: Cancellation?, _ hasCancelled: inout Bool
    ) -> Bool {
        while PQisBusy(raw) == 1 {
            let left = (deadline - .now).wholeMilliseconds
            guard left > 0 else { return false }
            guard isOpen else { return true }
            let outcome = waitForInput(socket: socket, wake: cancellation?.wake, milliseconds: left)
            if let cancellation, cancellation.isRaised, !hasCancelled {
                hasCancelled = true
                requestCancel()
            }
            if outcome.socketIsReady, PQconsumeInput(raw) == 0 { return true }
        }
        return true
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
