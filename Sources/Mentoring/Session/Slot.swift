package import Foundation
package import Wire

/// A time to meet, with the zone in which the asker chose it.
package struct Slot: Hashable, Sendable {
    /// Minutes; the wire allows no more (federation profile 6.3).
    package static let longest = 480

    package static let zoneAdvice = "There is no such time zone. Use an IANA name such as Europe/Berlin."

    /// Cut to milliseconds.
    package let start: Date
    package let minutes: Int
    package let zone: TimeZoneName

    package var end: Date { start.addingTimeInterval(Double(minutes) * 60) }

    /// nil unless it lasts 1 to 480 minutes and starts between 1970 and 9999.
    package init?(start: Date, minutes: Int, zone: TimeZoneName) {
        guard (1...Self.longest).contains(minutes), (0..<253_402_300_800).contains(start.timeIntervalSince1970) else {
            return nil
        }
        self.start = DateTime.cutToMilliseconds(start)
        self.minutes = minutes
        self.zone = zone
    }

    /// A time given by its two ends, as on the wire; a part of a minute counts as a whole one.
    package init?(start: Date, end: Date, zone: TimeZoneName) {
        let minutes = (end.timeIntervalSince(start) / 60).rounded(.up)
        guard (1...Double(Self.longest)).contains(minutes) else { return nil }
        self.init(start: start, minutes: Int(minutes), zone: zone)
    }

    /// Same start and length, whatever the zone.
    package func isSameTime(as other: Slot) -> Bool { start == other.start && minutes == other.minutes }

    package func overlaps(_ other: Slot) -> Bool { start < other.end && other.start < end }
}
