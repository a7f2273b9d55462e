import Foundation
import JSONTree
import Mentoring
import Social
import WebServer
import Wire

/// `POST /api/mentoring/sessions/{id}/respond`: the mentor's answer to a request, or the mentee's to a proposal.
struct SessionResponseBody {
    private enum Choice: String, CaseIterable {
        case accept, decline, propose, ask, tell
        case pickAgain = "pick_again"
    }

    /// Handles or addresses of others whom the mentor who declines suggests to ask.
    let suggested: [String]
    private let choice: Choice
    private let reason: ReasonBody
    private let note: String?
    private let place: PlaceDraft?
    /// Which of the proposed times the mentee takes.
    private let start: Date?
    /// Times that the mentor proposes.
    private let times: [Date]?
    private let minutes: Int?
    /// What the mentor wants to know before they answer, and what the mentee says to it.
    private let question, answer: String?
    /// Whether the mentor accepts in spite of what is near.
    private let override: Bool

    init(_ exchange: Exchange) throws { self = try exchange.read(Self.init) }

    private init(_ fields: JSONFields) {
        choice = fields.required("action", .oneOf())
        reason = ReasonBody(fields)
        note = fields.optional("note", .text(length: 0...1000))
        place = fields.optional("place", .place)
        start = fields.optional("start", .time)
        times = fields.optional("times", .list(of: .time, count: 1...Proposal.mostSlots))
        minutes = fields.optional("minutes", .integer(in: 1...Slot.longest))
        question = fields.optional("question", .text(length: 0...2000))
        answer = fields.optional("answer", .text(length: 0...20_000))
        override = fields.optional("override", .bool) ?? false
        suggested =
            fields.optional(
                "suggest", .list(of: .text(length: 1...URI.maximumLength), count: 0...Ending.mostSuggested)) ?? []
        if choice == .propose, times == nil { fields.refuse("times", "Give one to ten times.") }
        if choice != .decline, !suggested.isEmpty { fields.refuse("suggest", "Suggest others when you decline.") }
    }

    /// - Parameters:
    ///   - peers: those whom `suggested` names.
    ///   - usual: where the mentor usually meets.
    ///   - meetingLink: a room of the community, for an online session whose mentor gives no link.
    func action(
        on session: Session, by actor: ActorID, peers: [Actor], usual: [Place], meetingLink: URI?
    ) throws -> SessionAction {
        switch (session.role(of: actor), choice) {
        case (.mentor, .decline): return .decline(try reason.checked(), suggesting: peers.map(\.uri))
        case (.mentor, .accept):
            let place = Place.agreed(
                said: try place?.checked("place."), asked: session.place, usual: usual, room: meetingLink)
            return .accept(place: place, note: note, override: override)
        case (.mentor, .propose): return .propose(try proposed(for: session), try reason.checked())
        case (.mentor, .pickAgain): return .propose([], try reason.checked())
        case (.mentor, .ask): return .inquire(try InquiryWords.question(question ?? ""))
        case (_, .tell): return .tell(try InquiryWords.answer(answer ?? ""))
        case (_, .decline): return .declineProposal(of: nil, try reason.checked())
        case (_, .accept): return try takeProposal(of: session)
        case (_, .propose), (_, .pickAgain), (_, .ask): throw Problem(.wrongRole, of: session)
        }
    }

    private func proposed(for session: Session) throws -> [Slot] {
        try (times ?? []).map { start in
            guard let slot = Slot(start: start, minutes: minutes ?? session.slot.minutes, zone: session.slot.zone) else {
                throw FieldError(field: "times", message: "Use times between 1970 and 9999.")
            }
            return slot
        }
    }

    private func takeProposal(of session: Session) throws -> SessionAction {
        guard let proposal = session.proposal, !proposal.slots.isEmpty else {
            throw Problem(.unknownProposal, of: session)
        }
        let slot = start.map { start in proposal.slots.first { $0.start == start } }
            ?? (proposal.slots.count == 1 ? proposal.slots.first : nil)
        guard let slot else {
            let times = proposal.slots.map { DateTime.format($0.start) }.joined(separator: ", ")
            throw FieldError(field: "start", message: "Choose one of the proposed times: \(times).")
        }
        return .reschedule(Move(of: session, to: slot, answering: proposal.activity))
    }
}
