package import Foundation
import Wire

/// The field `Retry-After` (RFC 9110 section 10.2.3): how long a server asks to be left alone.
package enum RetryAfter {
    /// The longest wait that we let another server impose.
    package static let longest: Duration = .seconds(6 * 3600)

    /// Reads seconds or an IMF-fixdate, cut to 0…`longest`; nil for anything else.
    package static func parse(_ value: String, now: Date) -> Duration? {
        let bytes = value.utf8
        guard !bytes.isEmpty, bytes.count <= 64 else { return nil }
        if bytes.allSatisfy({ (0x30...0x39).contains($0) }) {
            return min(.seconds(Int64(value) ?? .max), longest)
        }
        guard let date = date(value) else { return nil }
        let seconds = date.timeIntervalSince(now)
        return .seconds(min(max(seconds, 0), Double(longest.components.seconds)))
    }

    /// Reads `Tue, 08 Sep 2026 16:00:00 GMT`. The day name is redundant and not checked.
    private static func date(_ value: String) -> Date? {
        let words = value.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 6, words[5] == "GMT", let month = months.firstIndex(of: String(words[2])) else { return nil }
        let number = month < 9 ? "0\(month + 1)" : "\(month + 1)"
        return DateTime.parse("\(words[3])-\(number)-\(words[1])T\(words[4])Z")
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}

extension Response {
    /// How long the other side asks to wait, at most six hours; nil when it does not ask.
    package func retryAfter(now: Date) -> Duration? {
        header("retry-after").flatMap { RetryAfter.parse($0, now: now) }
    }
}
