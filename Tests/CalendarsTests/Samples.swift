import Foundation
import Wire

@testable import Calendars

/// Calendars as they come, and what to ask them.
enum Samples {
    /// From the first of January 2026 on, a year in Berlin.
    static func question(_ zone: String = "Europe/Berlin") throws -> CalendarQuestion {
        guard let zone = TimeZoneName(zone) else { throw CalendarRefusal.unavailable }
        return CalendarQuestion(zone: zone, time: moment("2026-01-01T00:00:00Z")..<moment("2027-01-01T00:00:00Z"))
    }

    static func moment(_ text: String) -> Int { DateTime.parse(text).map { Int($0.timeIntervalSince1970) } ?? 0 }

    static func calendar(_ events: String..., besides: String = "") -> String {
        let parts = events.map { "BEGIN:VEVENT\n\($0)\nEND:VEVENT\n" }.joined()
        return "BEGIN:VCALENDAR\nVERSION:2.0\n\(besides)\(parts)END:VCALENDAR\n".replacing("\n", with: "\r\n")
    }

    static func read(_ text: String, zone: String = "Europe/Berlin") throws -> BusyTimes {
        try CalendarParser.busyTimes(of: Array(text.utf8), try question(zone))
    }

    /// Times as `start/end` in RFC 3339.
    static func words(_ busy: BusyTimes) -> [String] {
        busy.times.map { time in
            [time.lowerBound, time.upperBound].map {
                DateTime.format(Date(timeIntervalSince1970: Double($0))).replacing(":00Z", with: "Z").replacing(
                    ":00.000Z", with: "Z")
            }.joined(separator: "/")
        }
    }
}
