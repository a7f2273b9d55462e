import Foundation
import Wire

extension Slot {
    /// The time in words, in the zone in which it was chosen: `Tue 8 Sep 2026, 18:00-18:45 (Europe/Berlin)`.
    package var text: String {
        zone.text(from: start, to: end)
    }
}
