package import Foundation
package import Mentoring
import PostgreSQL

/// A time that somebody wished and that the mentor does not have. Nothing was changed.
package struct TimeNotFree: Error, Hashable, Sendable {
    package let obstacle: Obstacle
    /// The free times that come nearest, ascending.
    package let nearest: [Date]

    package init(_ obstacle: Obstacle, nearest: [Date] = []) {
        self.obstacle = obstacle
        self.nearest = nearest
    }
}

extension PostgresError {
    /// Whether the database itself kept a mentor from two sessions at once.
    var isDoubleBooking: Bool { state == .exclusionViolation && constraint == "sessions_no_double_booking" }

    /// Whether the database itself kept one time from being kept for two.
    var isDoubleHolding: Bool { state == .exclusionViolation && constraint == "held_times_no_double_holding" }
}
