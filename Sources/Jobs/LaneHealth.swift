/// How the host of a lane does, as it was when the queues were last looked at.
struct LaneHealth: Equatable, Sendable {
    /// Failed attempts in a row.
    var failures = 0
    /// Whether it ever answered.
    var isProven = false
    /// How long it is still closed, negative when that is over; nil for an open lane.
    var closedFor: Duration?
    /// How long ago it came back after it had been closed.
    var recoveredFor: Duration?

    /// A host that fails or never answered: its attempts may each take the whole time that an attempt may take.
    var isDoubtful: Bool { failures > 0 || !isProven }

    /// How many jobs of the lane may be in flight: one while it fails, then slowly more, so that a host that comes back
    /// is not hit by all that waited for it.
    ///
    /// - Parameter full: what a healthy lane takes.
    func room(full: Int, after elapsed: Duration) -> Int {
        if closedFor != nil || failures > 0 { return 1 }
        guard let recovered = recoveredFor.map({ $0 + elapsed }) else { return full }
        return recovered < .seconds(10) ? 1 : recovered < .seconds(30) ? min(2, full) : full
    }
}
