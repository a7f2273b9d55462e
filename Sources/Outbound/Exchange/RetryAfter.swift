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
        guard let date = HTTPDate.parse(bytes) else { return nil }
        let seconds = date.timeIntervalSince(now)
        return .seconds(min(max(seconds, 0), Double(longest.components.seconds)))
    }
}

extension Response {
    /// How long the other side asks to wait, at most six hours; nil when it does not ask.
    package func retryAfter(now: Date) -> Duration? {
        header("retry-after").flatMap { RetryAfter.parse($0, now: now) }
    }
}
