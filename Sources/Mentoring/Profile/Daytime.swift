package import Foundation
package import Wire

/// The part of the day in which people meet, wherever they live: from 8 to 20.
package enum Daytime {
    package static let hours = 1...12

    /// How many hours of two zones' days lie at the same time, as clocks stand now.
    package static func sharedHours(of one: TimeZoneName, and other: TimeZoneName, at now: Date) -> Double {
        let difference = abs(one.timeZone.secondsFromGMT(for: now) - other.timeZone.secondsFromGMT(for: now))
        let shift = min(difference % 86_400, 86_400 - difference % 86_400)
        return Double(12 * 3600 - shift) / 3600
    }
}
