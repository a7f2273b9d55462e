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
    /// Whom the mentor who declined suggests, as far as they are known here.
    let suggested: [Actor]
    /// What the community says about leaving late.
    let notice: Notice
    /// Where the session is shown.
    let page: URI
    /// Whether it is agreed with what happened.
    var takesOffer = false
    /// How to answer it in a client.
    var hint: String?

    /// Plain text, one paragraph a piece.
    var text: String { text(sentence, times: times) }

    /// The same about something of which this session is a part.
    func text(_ sentence: String, times: [String]) -> String {
        ([sentence, "About: \(session.topic)"] + times + words.compactMap(\.self) + [next, hint].compactMap(\.self)
            + [page.string]).joined(separator: "\n\n")
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
        case .cancelled(let reason) where event.by == .clock && reason.code == .scheduleConflict:
            return "Your community and that of \(name) no longer knew the same time for this session, so it is cancelled."
        case .cancelled: return event.by == .clock ? "The session is cancelled." : "\(name) has cancelled the session."
        case .proposed(let slots, _):
            return slots.isEmpty ? "\(name) asks you to choose another time." : "\(name) proposes another time."
        case .inquired: return "\(name) wants to know more before they answer."
        case .told: return "\(name) has answered your question."
        case .proposalDeclined: return "None of the times that you proposed suits \(name)."
        case .rescheduled where takesOffer: return "\(name) takes a time that you proposed."
        case .rescheduled: return "\(name) has moved the session."
        case .expired: return role == .mentor ? "You did not answer in time." : "\(name) did not answer in time."
        case .reported(let outcome), .settled(let outcome):
            return outcome.status == .completed
                ? "\(name) says that you met." : "\(name) says that you did not meet."
        case .disputed: return "\(name) objects to what you reported."
        case .reminded: return reminder
        case .answerRenewed, .confirmed: return ""
        }
    }

    private var reminder: String {
        switch session.waiting?.otherwise {
        case .reportStands: "Did you meet \(other.displayName)? If you say nothing, what they said stands."
        case .agreedTimeStands: "\(other.displayName) still waits to hear whether another time suits you."
        case .expires, nil: "\(other.displayName) still waits for your answer."
        }
    }

    private var times: [String] {
        switch event.kind {
        case .proposed(let slots, _): slots.prefix(10).map(when)
        case .rescheduled(let before, let now, _): ["Before: \(before.text)", when(now)]
        case .inquired, .told, .answerRenewed, .confirmed: []
        default: [when(session.slot)]
        }
    }

    /// What somebody wrote, and where the two meet.
    private var words: [String?] {
        switch event.kind {
        case .requested: [MessageWords.quote(session.message)]
        case .accepted(let note, _): [place, note.flatMap(MessageWords.quote)]
        case .rescheduled: [place]
        case .inquired(let question): [MessageWords.quote(question)]
        case .told(let answer): [MessageWords.quote(answer.question), answer.text.flatMap(MessageWords.quote)]
        case .proposed(_, let reason), .declined(let reason), .cancelled(let reason), .proposalDeclined(_, let reason),
            .disputed(let reason):
            [reason.text.flatMap(MessageWords.quote)]
        case .reminded, .expired, .reported, .settled, .answerRenewed, .confirmed: []
        }
    }

    private func when(_ slot: Slot) -> String { MessageWords.when(slot, for: zone) }

    /// What the reader can do now, and until when.
    private var next: String? {
        if takesOffer { return nil }
        if let waiting = session.waiting {
            let until = text(of: waiting.until)
            guard waiting.on == role else {
                return session.status == .pending ? "An answer is due until \(until)." : nil
            }
            if role == .mentee, session.proposal == nil, session.status == .pending {
                return "Answer the question until \(until)."
            }
            switch (session.proposal?.slots.isEmpty, waiting.otherwise) {
            case (_, .reportStands): return "Say until \(until) how it was; otherwise that stands."
            case (true?, _): return "Choose another time until \(until)."
            case (false?, _): return "Take one of these times, choose another or say that none suits, until \(until)."
            case (nil, _): return "Accept, decline or propose another time until \(until)."
            }
        }
        switch session.status {
        case .scheduled: return lateness
        case .declined where role == .mentee, .expired where role == .mentee: return others
        case .completed, .noShow: return role == .mentor && event.by == .mentee ? "If that is not so, object." : nil
        case .pending, .declined, .cancelled, .expired: return nil
        }
    }

    private var lateness: String? {
        notice.lateFrom(session, for: role).flatMap { late in
            late <= event.at ? nil : "If you cannot come, say so before \(text(of: late)); from then on it is noted as late."
        }
    }

    private var others: String {
        let names = suggested.map { "\($0.displayName) (@\($0.handle))" }
        return names.isEmpty
            ? "You can ask somebody else, or for another time."
            : "\(other.displayName) suggests to ask \(names.formatted(.list(type: .or).locale(Locale(identifier: "en"))))."
    }

    private func text(of time: Date) -> String { (zone ?? session.slot.zone).text(of: time) }

    private var place: String? {
        let place = session.place
        let parts = [
            place.platform ?? place.medium.words, place.detail, place.link?.string,
            place.passcode.map { "passcode \($0)" },
        ]
        return "Where: \(parts.compactMap(\.self).joined(separator: ", "))"
    }
}
