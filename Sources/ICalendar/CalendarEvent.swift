package import Foundation
package import Wire

/// One meeting as calendars keep it (RFC 5545 section 3.6.1).
package struct CalendarEvent: Hashable, Sendable {
    package enum Status: String, CaseIterable, Sendable {
        case tentative = "TENTATIVE"
        case confirmed = "CONFIRMED"
        case cancelled = "CANCELLED"
    }

    /// The same for the whole life of the meeting, whatever changes: by it a calendar knows that it has the meeting.
    package var identifier: String
    /// Counts what was materially changed; of two copies the one with the higher number is right.
    package var revision: Int
    package var status: Status
    package var start: Date
    package var end: Date
    package var createdAt: Date
    package var changedAt: Date
    package var summary: String
    package var description: String
    package var location: String?
    /// Where there is more to read.
    package var page: URI

    package init(
        identifier: String, revision: Int, status: Status, start: Date, end: Date, createdAt: Date, changedAt: Date,
        summary: String, description: String, location: String? = nil, page: URI
    ) {
        self.identifier = identifier
        self.revision = revision
        self.status = status
        self.start = start
        self.end = end
        self.createdAt = createdAt
        self.changedAt = changedAt
        self.summary = summary
        self.description = description
        self.location = location
        self.page = page
    }

    /// The lines of the event. Times are instants in UTC, so that they are right without any zone's rules; what did not
    /// come about takes no time.
    package var text: String {
        var lines = [
            ContentLine("BEGIN", "VEVENT"),
            ContentLine("UID", text: identifier),
            ContentLine("SEQUENCE", String(revision)),
            ContentLine("DTSTAMP", Self.utc(changedAt)),
            ContentLine("CREATED", Self.utc(createdAt)),
            ContentLine("LAST-MODIFIED", Self.utc(changedAt)),
            ContentLine("DTSTART", Self.utc(start)),
            ContentLine("DTEND", Self.utc(end)),
            ContentLine("STATUS", status.rawValue),
            ContentLine("TRANSP", status == .cancelled ? "TRANSPARENT" : "OPAQUE"),
            ContentLine("CLASS", "PRIVATE"),
            ContentLine("SUMMARY", text: summary),
            ContentLine("DESCRIPTION", text: description),
        ]
        if let location { lines.append(ContentLine("LOCATION", text: location)) }
        lines += [ContentLine("URL", page.string), ContentLine("END", "VEVENT")]
        return lines.map(\.folded).joined()
    }

    /// `20260908T160000Z` (RFC 5545 section 3.3.5, form 2).
    private static func utc(_ time: Date) -> String {
        DateTime.format(time).prefix(19).filter { $0 != "-" && $0 != ":" } + "Z"
    }
}
