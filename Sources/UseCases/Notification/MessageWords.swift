import Mentoring
import Wire

/// Pieces that messages to people share.
enum MessageWords {
    /// A time in the zone in which it was chosen, and once more in the reader's own.
    static func when(_ slot: Slot, for zone: TimeZoneName?) -> String {
        ["When: \(slot.text)", slot.text(in: zone).map { "For you: \($0)" }].compactMap(\.self).joined(separator: "\n")
    }

    /// As much of what somebody wrote as a message should carry; the page has all of it.
    static func quote(_ words: String) -> String? {
        guard !words.isEmpty else { return nil }
        return words.count > 1000 ? "“\(words.prefix(1000))…”" : "“\(words)”"
    }
}
