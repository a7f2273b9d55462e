/// Runs the work, and cancels it when the deadline passes first.
///
/// The work has to end soon after it is cancelled: this waits for it. Throws `late` at the deadline, `cancelled` when
/// the caller's own task was cancelled, and otherwise what the work throws.
func within<Value: Sendable>(
    _ deadline: ContinuousClock.Instant, late: OutboundError,
    _ work: @escaping @Sendable () async throws(OutboundError) -> Value
) async throws(OutboundError) -> Value {
    let outcome = await withTaskGroup(of: Result<Value, OutboundError>?.self) { group in
        group.addTask {
            do throws(OutboundError) {
                return .success(try await work())
            } catch {
                return .failure(error)
            }
        }
        group.addTask {
            try? await Task.sleep(until: deadline, clock: .continuous)
            return nil
        }
        let first = await group.next() ?? nil
        group.cancelAll()
        return first
    }
    guard let outcome else { throw Task.isCancelled ? .cancelled : late }
    return try outcome.get()
}
