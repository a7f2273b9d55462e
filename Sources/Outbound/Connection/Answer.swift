import Synchronization

/// A value that arrives once from outside Swift concurrency and is awaited by one task.
final class Answer<Value: Sendable>: Sendable {
    private enum State {
        case open
        case awaited(CheckedContinuation<Value?, Never>)
        case given(Value)
        case abandoned
    }

    private let state = Mutex(State.open)

    /// Hands over the value; without effect when nobody waits any more.
    func give(_ value: Value) {
        let waiting: CheckedContinuation<Value?, Never>? = state.withLock { state in
            switch state {
            case .open:
                state = .given(value)
                return nil
            case .awaited(let continuation):
                state = .abandoned
                return continuation
            case .given, .abandoned:
                return nil
            }
        }
        waiting?.resume(returning: value)
    }

    /// Waits for the value. Throws `cancelled` as soon as the task is cancelled.
    func value() async throws(OutboundError) -> Value {
        let value = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let known: Value?? = state.withLock { state in
                    if case .given(let value) = state { return value }
                    if Task.isCancelled { return .some(nil) }
                    state = .awaited(continuation)
                    return .none
                }
                if let known { continuation.resume(returning: known) }
            }
        } onCancel: {
            let waiting: CheckedContinuation<Value?, Never>? = state.withLock { state in
                guard case .awaited(let continuation) = state else { return nil }
                state = .abandoned
                return continuation
            }
            waiting?.resume(returning: nil)
        }
        guard let value else { throw .cancelled }
        return value
    }
}
