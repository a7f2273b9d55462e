import Foundation
import Wire

/// Times as clients read them: always with three digits of milliseconds and `Z`. Some show "now" for every other
/// spelling, some drop the whole page.
enum ClientTime {
    static func text(_ date: Date) -> String {
        let text = DateTime.format(date)
        return text.contains(".") ? text : "\(text.dropLast()).000Z"
    }

    /// `2026-12-03`
    static func day(_ date: Date) -> String { String(DateTime.format(date).prefix(10)) }

    /// The midnight (UTC) with which the day of a moment began.
    static func midnight(_ date: Date) -> String { "\(day(date))T00:00:00.000Z" }
}
