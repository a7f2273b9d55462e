package import Foundation

/// Times in words, as people in a zone read them.
extension TimeZoneName {
    /// `Tue 8 Sep 2026`.
    package func day(of time: Date) -> String {
        time.formatted(
            style("\(weekday: .abbreviated) \(day: .defaultDigits) \(month: .abbreviated) \(year: .defaultDigits)"))
    }

    /// `18:00`.
    package func clock(of time: Date) -> String {
        time.formatted(
            style("\(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits)"))
    }

    /// `Tue 8 Sep 2026, 18:00 (Europe/Berlin)`; with the offset, `(Europe/Berlin, UTC+2)`, in an hour that clocks show
    /// twice.
    package func text(of time: Date) -> String {
        "\(day(of: time)), \(clock(of: time)) (\(name(at: [time])))"
    }

    /// `Tue 8 Sep 2026, 18:00-18:45 (Europe/Berlin)`; with the offsets where one of the two is in an hour that clocks
    /// show twice.
    package func text(from start: Date, to end: Date) -> String {
        "\(day(of: start)), \(clock(of: start))-\(clock(of: end)) (\(name(at: [start, end])))"
    }

    private func name(at times: [Date]) -> String {
        let zone = timeZone
        guard times.contains(where: { Self.isShownTwice($0, in: zone) }) else { return name }
        var offsets = times.map { Self.offset(zone.secondsFromGMT(for: $0)) }
        if Set(offsets).count == 1 { offsets = Array(offsets.prefix(1)) }
        return "\(name), \(offsets.joined(separator: " to "))"
    }

    /// Whether clocks show the same at another moment: they were or will be put back within a day.
    private static func isShownTwice(_ time: Date, in zone: TimeZone) -> Bool {
        let offset = zone.secondsFromGMT(for: time)
        return [-86_400.0, 86_400].contains { distance in
            let other = zone.secondsFromGMT(for: time.addingTimeInterval(distance))
            return other != offset
                && zone.secondsFromGMT(for: time.addingTimeInterval(Double(offset - other))) == other
        }
    }

    /// `UTC+2`, `UTC-3:30`, `UTC`.
    private static func offset(_ seconds: Int) -> String {
        let (hours, minutes) = (abs(seconds) / 3600, abs(seconds) / 60 % 60)
        guard hours > 0 || minutes > 0 else { return "UTC" }
        let sign = seconds < 0 ? "-" : "+"
        return minutes == 0 ? "UTC\(sign)\(hours)" : "UTC\(sign)\(hours):\(minutes < 10 ? "0" : "")\(minutes)"
    }

    private func style(_ format: Date.FormatString) -> Date.VerbatimFormatStyle {
        Date.VerbatimFormatStyle(
            format: format, locale: Locale(identifier: "en_US_POSIX"), timeZone: timeZone,
            calendar: Calendar(identifier: .gregorian))
    }
}
