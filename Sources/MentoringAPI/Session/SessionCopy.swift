import Foundation
import ICalendar
import Mentoring
import Social
import Store
import Wire

/// A session as one of its two people takes it along. Notes and messages stay where they are.
struct SessionCopy {
    static let columns = [
        "id", "status", "role", "type", "topic", "person", "handle", "start", "end", "zone", "start_utc", "end_utc",
        "minutes", "place", "price", "requested_utc", "changed_utc", "page",
        "began_utc", "ended_utc", "real_minutes",
    ]

    private let session: Session
    private let role: Role
    private let other: Actor
    private let page: URI
    private let meeting: Meeting?

    /// nil for everybody who is no party of it.
    init?(_ session: Session, of reader: ActorID, people: [ActorID: Actor], page: URI, meeting: Meeting?) {
        guard let role = session.role(of: reader), let other = people[role == .mentor ? session.mentee : session.mentor]
        else { return nil }
        self.session = session
        self.role = role
        self.other = other
        self.page = page
        self.meeting = meeting
    }

    /// - Parameter zone: the reader's; the times stand in UTC, too.
    func cells(in zone: TimeZoneName) -> [String] {
        let slot = session.slot
        return [
            session.id.uuidString.lowercased(), session.status.rawValue, role.rawValue, session.kind.label,
            session.topic, other.displayName, other.handle.description, zone.time(slot.start), zone.time(slot.end), zone.name,
            DateTime.format(slot.start), DateTime.format(slot.end), String(slot.minutes), place,
            price, DateTime.format(session.requestedAt), DateTime.format(session.updatedAt), page.string,
            meeting.map { DateTime.format($0.startedAt) } ?? "",
            meeting?.endedAt.map { DateTime.format($0) } ?? "", meeting?.minutes.map { String($0) } ?? "",
        ]
    }

    /// Named by the id of its Event, which is the same for both sides in whatever community.
    var event: CalendarEvent {
        CalendarEvent(
            identifier: session.uri.string, revision: session.revision, status: status, start: session.slot.start,
            end: session.slot.end, createdAt: session.requestedAt, changedAt: session.updatedAt,
            summary: "\(session.topic) (\(other.displayName))",
            description: """
                \(session.kind.label) with \(other.displayName), @\(other.handle)
                \(session.slot.text)
                Price: \(price)
                \(page.string)
                """,
            location: place, page: page)
    }

    private var price: String { session.rate?.description ?? "free" }

    private var status: CalendarEvent.Status {
        switch session.status {
        case .pending: .tentative
        case .scheduled, .completed: .confirmed
        case .declined, .cancelled, .expired, .noShow: .cancelled
        }
    }

    /// The room of a session that will not be is of no use.
    private var place: String {
        let link = session.status.isOpen ? session.place.link?.string : nil
        return [session.place.medium.words, session.place.detail, link].compactMap(\.self).joined(separator: ", ")
    }
}

extension TimeZoneName {
    /// `2026-09-08T18:00:00+02:00`: what clocks show, with the offset of that moment.
    fileprivate func time(_ time: Date) -> String {
        let minutes = timeZone.secondsFromGMT(for: time) / 60
        let shown = DateTime.format(time.addingTimeInterval(Double(minutes * 60))).dropLast()
        let (hour, minute) = (abs(minutes) / 60, abs(minutes) % 60)
        return "\(shown)\(minutes < 0 ? "-" : "+")\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
    }
}
