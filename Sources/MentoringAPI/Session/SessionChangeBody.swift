import Foundation
import JSONTree
import Mentoring
import WebServer
import Wire

/// `PATCH /api/mentoring/sessions/{id}`: a cancel, another time, or the own notes. At most one of the first two.
struct SessionChangeBody {
    private let status: String?
    private let reason: ReasonBody
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
                status: status, reason: ReasonBody(fields),
                move: moves ? MoveDraft(start: start, minutes: minutes, zone: zone) : nil,
                notes: fields.replacement("notes", .text(length: 0...20_000)))
        }
    }

    private init(status: String?, reason: ReasonBody, move: MoveDraft?, notes: String?) {
        self.status = status
        self.reason = reason
        self.move = move
        self.notes = notes
    }

    /// nil when only notes change.
    func action(on session: Session, by actor: ActorID) throws -> SessionAction? {
        if status != nil { return .cancel(try reason.checked()) }
        guard let move else { return nil }
        let zone = TimeZoneName(move.zone ?? session.slot.zone.name)
        guard let zone else { throw FieldError(field: "zone", message: "Use an IANA name such as Europe/Berlin.") }
        guard
            let slot = Slot(
                start: move.start ?? session.slot.start, minutes: move.minutes ?? session.slot.minutes, zone: zone)
        else { throw FieldError(field: "start", message: "Use a time between 1970 and 9999.") }
        // The Event is the mentee's: the mentee moves it, the mentor can only propose.
        return session.role(of: actor) == .mentor
            ? .propose([slot], try reason.checked()) : .reschedule(Move(of: session, to: slot))
    }
}
