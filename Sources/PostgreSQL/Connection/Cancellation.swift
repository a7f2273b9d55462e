internal import Synchronization

/// Asks a thread that waits for the server to end what it waits for.
///
/// It belongs to one piece of work: raised after that work's end, it only wakes the thread once.
final class Cancellation: Sendable {
    let wake: WakePipe
    private let raised = Atomic(false)

    init(wake: WakePipe) {
        self.wake = wake
    }

    var isRaised: Bool { raised.load(ordering: .acquiring) }

    func raise() {
        raised.store(true, ordering: .releasing)
        wake.signal()
    }
}

/// Runs `operation` with a cancellation of its own, raised when the current task is cancelled.
func withCancellation<Result>(
    wake: WakePipe, _ operation: (Cancellation) async -> Result
) async -> Result {
    let cancellation = Cancellation(wake: wake)
    return await withTaskCancellationHandler {
        await operation(cancellation)
    } onCancel: {
        cancellation.raise()
    }
}
