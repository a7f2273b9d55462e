import Foundation
import Mentoring
import Social
import Wire

/// What happened to a session, in words for one of the two people in it.
///
/// Clients translate nothing and know no time zones: the times stand with the zone in which they were chosen, and once
/// more in the reader's own.
struct SessionMessage {
    let session: Session
    let event: SessionEvent
    /// Who reads it.
    let role: Role
    /// The one of the two who does not read it.
    let other: Actor
    /// The reader's own zone, where it is known.
    let zone: TimeZoneName?
    /// Where the session is shown.
    let page: URI

    /// Plain text, one paragraph a piece.
    var text: String {
        ([sentence, "About: \(session.topic)"] + details + [page.string]).joined(separator: "\n\n")
    }

    private var sentence: String {
        let name = other.displayName
        switch event.kind {
        case .requested where session.status == .scheduled: return "\(name) has taken a time that you offered."
        case .requested: return "\(name) asks you for a session."
        case .accepted: return "\(name) has accepted your request."
        case .declined where event.by == .clock && role == .mentor:
            return "\(name) has moved the session to a time that you do not offer. It was declined for you."
        case .declined where event.by == .clock: return "\(name) does not take this request."
        case .declined: return "\(name) has declined your request."
        case .cancelled: return event.by == .clock ? "The session is cancelled." : "\(name) has cancelled the session."
        case .proposed: return "\(name) proposes another time."
        case .proposalDeclined: return "None of the times that you proposed suits \(name)."
        case .rescheduled: return "\(name) has moved the session."
        case .expired: return role == .mentor ? "You did not answer in time." : "\(name) did not answer in time."
        case .reported(let outcome), .settled(let outcome):
            return outcome.status == .completed
                ? "\(name) says that you met." : "\(name) says that you did not meet."
        case .disputed: return "\(name) objects to what you reported."
        case .answerRenewed, .confirmed: return ""
        }
    }

    private var details: [String] {
        switch event.kind {
        case .requested:
            return [when(session.slot), MessageWords.quote(session.message), deadline].compactMap(\.self)
        case .accepted(let note, _): return [when(session.slot), place, note.flatMap(MessageWords.quote)].compactMap(\.self)
        case .proposed(let slots, let reason):
            return slots.prefix(10).map(when) + [reason.text.flatMap(MessageWords.quote)].compactMap(\.self)
        case .rescheduled(let before, let now, _):
            return ["Before: \(before.text)", when(now), place, deadline].compactMap(\.self)
        case .declined(let reason), .cancelled(let reason), .proposalDeclined(_, let reason), .disputed(let reason):
            return [when(session.slot), reason.text.flatMap(MessageWords.quote)].compactMap(\.self)
        case .expired, .reported, .settled: return [when(session.slot)]
        case .answerRenewed, .confirmed: return []
        }
    }

    private func when(_ slot: Slot) -> String { MessageWords.when(slot, for: zone) }

    private var deadline: String? {
        guard session.status == .pending else { return nil }
        let time = (zone ?? session.slot.zone).text(of: session.answerBy)
        return role == .mentor ? "Please answer until \(time)." : "An answer is due until \(time)."
    }

    private var place: String? {
        let parts = [session.place.medium.words, session.place.detail, session.place.link?.string].compactMap(\.self)
        return "Where: \(parts.joined(separator: ", "))"
    }
}
