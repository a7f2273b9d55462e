import Foundation
package import Wire

extension Slot {
    /// The time in words, in the zone in which it was chosen: `Tue 8 Sep 2026, 18:00-18:45 (Europe/Berlin)`.
    package var text: String {
        zone.text(from: start, to: end)
    }

    /// The same in the zone of a reader; nil where that is unknown or the one in which it was chosen.
    package func text(in zone: TimeZoneName?) -> String? {
        guard let zone, zone != self.zone else { return nil }
        return zone.text(from: start, to: end)
    }
}
