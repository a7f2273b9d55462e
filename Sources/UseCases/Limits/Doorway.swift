import Foundation
import Synchronization

/// How many things of a kind are worked on at once, and how many may wait for their turn; who comes on top of that is
/// sent away at once, so that a flood costs little and the first in line are served.
package final class Doorway: Sendable {
    private struct State {
        var inside = 0
        var next: UInt64 = 0
        var waiting: [(ticket: UInt64, continuation: CheckedContinuation<Bool, Never>)] = []
    }

    private let inside: Int
    private let waiting: Int
    private let patience: Duration
    private let state = Mutex(State())

    /// By default eight for each processor, as many in line, and a wait of at most 30 seconds.
    package init(
        inside: Int = ProcessInfo.processInfo.activeProcessorCount * 8,
        waiting: Int = ProcessInfo.processInfo.activeProcessorCount * 8, patience: Duration = .seconds(30)
    ) {
        self.inside = inside
        self.waiting = waiting
        self.patience = patience
    }

    /// Waits for a turn; false when the line is too long, or it took too long, or the task was cancelled. After true
    /// ``leave()`` must be called.
    package func enter() async -> Bool {
        let ticket = state.withLock { state -> UInt64? in
            if state.inside < inside, state.waiting.isEmpty {
                state.inside += 1
                return nil
            }
            state.next &+= 1
            return state.next
        }
        guard let ticket else { return true }
        let patience = Task { [patience] in
            try await Task.sleep(for: patience)
            give(up: ticket)
        }
        defer { patience.cancel() }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer = state.withLock { state -> Bool? in
                    if Task.isCancelled { return false }
                    if state.inside < inside {
                        state.inside += 1
                        return true
                    }
                    guard state.waiting.count < waiting else { return false }
                    state.waiting.append((ticket, continuation))
                    return nil
                }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            give(up: ticket)
        }
    }

    package func leave() {
        let next = state.withLock { state -> CheckedContinuation<Bool, Never>? in
            if state.inside > inside || state.waiting.isEmpty {
                state.inside -= 1
                return nil
            }
            return state.waiting.removeFirst().continuation
        }
        next?.resume(returning: true)
    }

    /// Waits for something outside, such as another server, without taking up a place. Who comes back goes in at once.
    package func outside<Success>(_ body: () async throws -> Success) async rethrows -> Success {
        leave()
        defer { state.withLock { $0.inside += 1 } }
        return try await body()
    }

    var lineLength: Int { state.withLock(\.waiting.count) }

    private func give(up ticket: UInt64) {
        let continuation = state.withLock { state in
            state.waiting.firstIndex { $0.ticket == ticket }.map { state.waiting.remove(at: $0).continuation }
        }
        continuation?.resume(returning: false)
    }
}
