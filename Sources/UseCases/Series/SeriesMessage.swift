import Foundation
import Mentoring
import Social
import Wire

/// What somebody did to a series, in words for the other of the two: once for all dates.
struct SeriesMessage {
    /// Times that are told one by one.
    private static let most = 12

    let act: SeriesAct
    /// Of the date by which it is told.
    let message: SessionMessage

    /// Plain text, one paragraph a piece.
    var text: String { message.text(sentence, times: times) }

    private var sentence: String {
        let name = message.other.displayName
        switch message.event.kind {
        case .requested: return "\(name) asks you for a series of \(act.series.count) sessions, \(act.series.frequency.words)."
        case .accepted: return "\(name) has accepted \(dates)."
        case .declined: return "\(name) has declined \(dates)."
        case .cancelled: return "\(name) has cancelled \(dates)."
        case .proposed: return "\(name) proposes other times for \(dates)."
        case .proposalDeclined: return "The times that you proposed for \(dates) do not suit \(name)."
        case .rescheduled: return "\(name) has moved \(dates)."
        case .reminded: return "\(name) still waits for your answer about \(dates)."
        case .expired:
            return message.role == .mentor
                ? "You did not answer a series in time." : "\(name) did not answer your series in time."
        case .answerRenewed, .confirmed, .inquired, .told, .reported, .settled, .disputed: return ""
        }
    }

    private var dates: String {
        act.parts == act.series.count
            ? "all \(act.parts) dates of a series" : act.parts == 1 ? "1 date of a series" : "\(act.parts) dates of a series"
    }

    private var times: [String] {
        let slots = act.slots.isEmpty ? [message.session.slot] : act.slots
        let more = act.parts - min(slots.count, Self.most)
        return slots.prefix(Self.most).map { MessageWords.when($0, for: message.zone) }
            + (more > 0 ? ["And \(more) more, each shown with the series."] : [])
    }
}
