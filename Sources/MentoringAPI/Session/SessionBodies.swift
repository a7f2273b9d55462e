import Foundation
import JSONTree
import Mentoring
import WebServer
import Wire

/// `PATCH /api/mentoring/sessions/{id}`: a cancel, another time, or the own notes. At most one of the first two.
struct SessionChangeBody {
    private let status: String?
    private let reason: String?
    private let move: MoveDraft?
    let notes: String?

    private struct MoveDraft {
        let start: Date?
        let minutes: Int?
        let zone: String?
    }

    init(_ exchange: Exchange) throws {
        self = try exchange.read { fields in
            let status = fields.optional("status", .text(length: 1...20))
            let start = fields.optional("start", .time)
            let minutes = fields.optional("minutes", .integer(in: 1...Slot.longest))
            let zone = fields.optional("zone", .text(length: 1...100))
            if let status, status != SessionStatus.cancelled.rawValue {
                fields.refuse("status", "Use cancelled; answers go to /respond.")
            }
            let moves = start != nil || minutes != nil || zone != nil
            if status != nil, moves { fields.refuse("status", "Either cancel or choose another time.") }
            return SessionChangeBody(
                status: status, reason: fields.optional("reason", .text(length: 0...5000)),
                move: moves ? MoveDraft(start: start, minutes: minutes, zone: zone) : nil,
                notes: fields.replacement("notes", .text(length: 0...20_000)))
        }
    }

    private init(status: String?, reason: String?, move: MoveDraft?, notes: String?) {
        self.status = status
        self.reason = reason
        self.move = move
        self.notes = notes
    }

    /// nil when only notes change.
    func action(on session: Session, by actor: ActorID) throws -> SessionAction? {
        if status != nil { return .cancel(try Reason(writing: reason ?? "")) }
        guard let move else { return nil }
        let zone = TimeZoneName(move.zone ?? session.slot.zone.name)
        guard let zone else { throw FieldError(field: "zone", message: "Use an IANA name such as Europe/Berlin.") }
        guard
            let slot = Slot(
                start: move.start ?? session.slot.start, minutes: move.minutes ?? session.slot.minutes, zone: zone)
        else { throw FieldError(field: "start", message: "Use a time between 1970 and 9999.") }
        // The Event is the mentee's: the mentee moves it, the mentor can only propose.
        return session.role(of: actor) == .mentor
            ? .propose([slot], try Reason(writing: reason ?? "")) : .reschedule(Move(of: session, to: slot))
    }
}

/// `POST /api/mentoring/sessions/{id}/respond`: the mentor's answer to a request, or the mentee's to a proposal.
struct SessionResponseBody {
    private enum Choice: String, CaseIterable { case accept, decline }

    private let choice: Choice
    private let reason: String?
    private let note: String?
    private let place: PlaceDraft?
    /// Which of the proposed times the mentee takes.
    private let start: Date?
    /// Whether the mentor accepts in spite of what is near.
    private let override: Bool

    init(_ exchange: Exchange) throws {
        self = try exchange.read { fields in
            SessionResponseBody(
                choice: fields.required("action", .oneOf()),
                reason: fields.optional("reason", .text(length: 0...5000)),
                note: fields.optional("note", .text(length: 0...1000)), place: fields.optional("place", .place),
                start: fields.optional("start", .time), override: fields.optional("override", .bool) ?? false)
        }
    }

    private init(choice: Choice, reason: String?, note: String?, place: PlaceDraft?, start: Date?, override: Bool) {
        self.choice = choice
        self.reason = reason
        self.note = note
        self.place = place
        self.start = start
        self.override = override
    }

    /// - Parameter meetingLink: a room of the community, for an online session whose mentor gives no link.
    func action(on session: Session, by actor: ActorID, meetingLink: URI?) throws -> SessionAction {
        switch (session.role(of: actor), choice) {
        case (.mentor, .decline): return .decline(try Reason(writing: reason ?? ""))
        case (.mentor, .accept):
            return .accept(place: try meetingPlace(of: session, meetingLink), note: note, override: override)
        case (_, .decline): return .declineProposal(of: nil, try Reason(writing: reason ?? ""))
        case (_, .accept): return try takeProposal(of: session)
        }
    }

    private func meetingPlace(of session: Session, _ meetingLink: URI?) throws -> Place {
        let chosen = try place?.checked() ?? session.place
        guard chosen.medium == .online, chosen.link == nil else { return chosen }
        return Place(medium: .online, detail: chosen.detail, link: meetingLink)
    }

    private func takeProposal(of session: Session) throws -> SessionAction {
        guard let proposal = session.proposal else { throw Problem(.unknownProposal, of: session) }
        let slot = start.map { start in proposal.slots.first { $0.start == start } }
            ?? (proposal.slots.count == 1 ? proposal.slots.first : nil)
        guard let slot else {
            let times = proposal.slots.map { DateTime.format($0.start) }.joined(separator: ", ")
            throw FieldError(field: "start", message: "Choose one of the proposed times: \(times).")
        }
        return .reschedule(Move(of: session, to: slot, answering: proposal.activity))
    }
}
