import PostgreSQL
import Store
import Synchronization

/// The activities that are being sent, read once for all their inboxes. Their bytes never change; whether one may still
/// be sent is asked before each attempt, elsewhere.
final class OutgoingBodies: Sendable {
    private struct State {
        var held: [Int64: StoredActivity] = [:]
        var bytes = 0
    }

    private let database: Pool
    private let state = Mutex(State())

    private static let most = 256
    private static let mostBytes = 8 << 20

    init(database: Pool) { self.database = database }

    /// nil when the activity is gone.
    func activity(_ id: Int64) async throws -> StoredActivity? {
        if let held = state.withLock({ $0.held[id] }) { return held }
        guard let activity = try await database.activity(id: id) else { return nil }
        let size = activity.body.utf8.count
        state.withLock { state in
            if state.held.count >= Self.most || state.bytes + size > Self.mostBytes { state = State() }
            if state.held.updateValue(activity, forKey: id) == nil { state.bytes += size }
        }
        return activity
    }
}
