import NIOCore
import Synchronization

/// A fixed number of slots, handed out first come, first served.
final class Slots: Sendable {
    private struct Waiter {
        let ticket: UInt64
        let continuation: CheckedContinuation<Bool, Never>
    }

    private struct State {
        var free: Int
        var tickets: UInt64 = 0
        var waiters = CircularBuffer<Waiter>()
    }

    private let state: Mutex<State>

    init(_ count: Int) {
        state = Mutex(State(free: count))
    }

    /// How many slots are not taken.
    var free: Int { state.withLock { $0.free } }

    /// How many tasks wait for a slot.
    var waiting: Int { state.withLock { $0.waiters.count } }

    /// Waits for a slot, which the caller must give back with `release()`. Throws `cancelled`, and holds no slot, when
    /// the task is cancelled first.
    func acquire() async throws(OutboundError) {
        let ticket = state.withLock { state in
            state.tickets += 1
            return state.tickets
        }
        let granted = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let decision: Bool? = state.withLock { state in
                    if Task.isCancelled { return false }
                    if state.free > 0 {
                        state.free -= 1
                        return true
                    }
                    state.waiters.append(Waiter(ticket: ticket, continuation: continuation))
                    return nil
                }
                if let decision { continuation.resume(returning: decision) }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                state.waiters.firstIndex { $0.ticket == ticket }.map { state.waiters.remove(at: $0) }
            }
            waiter?.continuation.resume(returning: false)
        }
        guard granted else { throw .cancelled }
    }

    func release() {
        let next = state.withLock { state in
            let next = state.waiters.popFirst()
            if next == nil { state.free += 1 }
            return next
        }
        next?.continuation.resume(returning: true)
    }

    /// Runs the work while holding a slot.
    func withSlot<Value: Sendable>(
        _ work: () async throws(OutboundError) -> Value
    ) async throws(OutboundError) -> Value {
        try await acquire()
        defer { release() }
        return try await work()
    }
}
