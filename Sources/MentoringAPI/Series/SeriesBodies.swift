import Foundation
import JSONTree
import Mentoring
import UseCases
import WebServer
import Wire

extension JSONRule<SeriesDraft> {
    /// How a session is repeated.
    static var repetition: JSONRule {
        .object { fields in
            SeriesDraft(
                frequency: fields.required("frequency", .text(length: 1...40)),
                count: fields.optional("count", .integer(in: 0...100_000)),
                until: fields.optional("until", .text(length: 1...20)),
                choices: fields.optional("choices", .list(of: .choice, count: 0...Series.dates.upperBound)) ?? [])
        }
    }
}

extension JSONRule<SeriesDraft.Choice> {
    fileprivate static var choice: JSONRule {
        .object { fields in
            SeriesDraft.Choice(
                position: fields.required("position", .integer(in: 1...100_000)),
                isSkipped: fields.optional("skip", .bool) ?? false, start: fields.optional("start", .time),
                minutes: fields.optional("minutes", .integer(in: 1...Slot.longest)))
        }
    }
}

/// `PATCH /api/mentoring/series/{id}`: a cancel or another time, from one date on.
struct SeriesChangeBody {
    private let status: String?
    private let start: Date?
    private let minutes: Int?
    private let from: Int
    private let reason: String?

    init(_ exchange: Exchange) throws {
        self = try exchange.read { fields in
            let status = fields.optional("status", .text(length: 1...20))
            let start = fields.optional("start", .time)
            let minutes = fields.optional("minutes", .integer(in: 1...Slot.longest))
            if let status, status != SessionStatus.cancelled.rawValue {
                fields.refuse("status", "Use cancelled; answers go to /respond.")
            }
            if status != nil, start != nil || minutes != nil {
                fields.refuse("status", "Either cancel or choose another time.")
            }
            if status == nil, start == nil {
                fields.refuse("start", "Give the new time of the first of the dates, or cancel them.")
            }
            return SeriesChangeBody(
                status: status, start: start, minutes: minutes,
                from: fields.optional("from", .integer(in: 1...Series.dates.upperBound)) ?? 1,
                reason: fields.optional("reason", .text(length: 0...5000)))
        }
    }

    private init(status: String?, start: Date?, minutes: Int?, from: Int, reason: String?) {
        self.status = status
        self.start = start
        self.minutes = minutes
        self.from = from
        self.reason = reason
    }

    func command() throws -> SessionDesk.SeriesCommand {
        guard let start else { return .cancel(from: from, try Reason(writing: reason ?? "")) }
        return .move(from: from, to: start, minutes: minutes, try reason.map { try Reason(writing: $0) })
    }
}

/// `POST /api/mentoring/series/{id}/respond`: one answer for all dates that wait for one.
struct SeriesResponseBody {
    private enum Choice: String, CaseIterable { case accept, decline }

    private let choice: Choice
    private let reason: String?
    private let note: String?
    private let place: PlaceDraft?
    private let override: Bool
    /// Dates that the mentor does not take.
    private let except: [Int]

    init(_ exchange: Exchange) throws {
        self = try exchange.read { fields in
            SeriesResponseBody(
                choice: fields.required("action", .oneOf()),
                reason: fields.optional("reason", .text(length: 0...5000)),
                note: fields.optional("note", .text(length: 0...1000)), place: fields.optional("place", .place),
                override: fields.optional("override", .bool) ?? false,
                except: fields.optional(
                    "except",
                    .list(of: .integer(in: 1...Series.dates.upperBound), count: 0...Series.dates.upperBound)) ?? [])
        }
    }

    private init(
        choice: Choice, reason: String?, note: String?, place: PlaceDraft?, override: Bool, except: [Int]
    ) {
        self.choice = choice
        self.reason = reason
        self.note = note
        self.place = place
        self.override = override
        self.except = except
    }

    /// - Parameters:
    ///   - usual: where the mentor usually meets.
    ///   - meetingLink: one room of the community for all dates, where the mentor gives no link.
    func command(usual: [Place], meetingLink: URI?) throws -> SessionDesk.SeriesCommand {
        guard choice == .accept else { return .decline(try Reason(writing: reason ?? "")) }
        let said = try place?.checked("place.")
        return .accept(
            place: { Place.agreed(said: said, asked: $0.place, usual: usual, room: meetingLink) }, note: note, override: override, except: Set(except),
            try Reason(writing: reason ?? "Not on this date."))
    }
}
