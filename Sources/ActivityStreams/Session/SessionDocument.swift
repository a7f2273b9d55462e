package import Foundation
package import JSONTree
import SafeText
package import Wire

/// A session as an ActivityStreams `Event` with the mentoring terms.
package struct SessionDocument: Equatable, Sendable {
    package var id: URI
    package var owner: URI
    /// The one addressee; nil when nobody, everybody or several are addressed.
    package var mentor: URI?
    package var name: String
    /// One plain sentence with date, zone and place, for software that shows nothing else.
    package var summary: String?
    /// What it is about. Kept out of `name`, which other software shows in notifications.
    package var topic: String?
    /// Plain text of the request; HTML on the wire.
    package var message: String
    package var start: Date
    package var end: Date
    package var zone: String?
    package var place: PlaceDocument
    package var published: Date?
    package var updated: Date?
    /// nil where its server counts none, as that of plain events.
    package var revision: Int?
    /// A value of `mnt:state`.
    package var state: String
    package var expiresAt: Date?
    /// Until when the time asked for is kept from others.
    package var heldUntil: Date?
    /// The name of the type of session in its community's catalogue.
    package var kind: String
    package var kindLabel: String
    /// Whether sessions of this type are free by rule.
    package var isAlwaysFree: Bool
    package var rate: RateDocument?
    /// False where terms are given that are neither free nor a price with amount and currency.
    package var areTermsReadable = true
    package var outcome: OutcomeDocument?
    package var series: SeriesDocument?

    package init(
        id: URI, owner: URI, mentor: URI?, name: String, summary: String?, topic: String?, message: String,
        start: Date, end: Date, zone: String?, place: PlaceDocument, published: Date?, updated: Date?, revision: Int?,
        state: String, expiresAt: Date?, kind: String, kindLabel: String, isAlwaysFree: Bool, rate: RateDocument?,
        outcome: OutcomeDocument?
    ) {
        self.id = id
        self.owner = owner
        self.mentor = mentor
        self.name = name
        self.summary = summary
        self.topic = topic
        self.message = message
        self.start = start
        self.end = end
        self.zone = zone
        self.place = place
        self.published = published
        self.updated = updated
        self.revision = revision
        self.state = state
        self.expiresAt = expiresAt
        self.kind = kind
        self.kindLabel = kindLabel
        self.isAlwaysFree = isAlwaysFree
        self.rate = rate
        self.outcome = outcome
    }
}

// MARK: - Reading

extension SessionDocument {
    /// How long a plain event lasts whose end is open, in seconds.
    private static let openLength = 3600.0

    /// Reads an Event of any server; nil when it is not an Event or lacks its id, its one owner or its times.
    package init?(_ event: JSON, terms: MentoringTerms) {
        let revision = terms.value("revision", of: event)?.int
        guard event.type == "Event", let id = event.id, let owner = Self.owner(of: event),
            let start = event.date("startTime"),
            let end = revision == nil && event["endTime"] == nil
                ? start.addingTimeInterval(Self.openLength) : event.date("endTime")
        else { return nil }
        let kind = terms.word("sessionKind", of: event) ?? "session"
        let price = terms.value("terms", of: event)
        self.init(
            id: id, owner: owner, mentor: event.uri("to").flatMap { Vocabulary.isEverybody($0.string) ? nil : $0 },
            name: event.title("name", limit: 200) ?? "Mentoring session", summary: event.text("summary", limit: 500),
            topic: terms.line("topic", of: event, limit: 200), message: event.text("content", limit: 5000) ?? "",
            start: start, end: end, zone: event["timezone"]?.string,
            place: PlaceDocument(of: event, terms: terms),
            published: event.date("published"), updated: event.date("updated"),
            revision: revision,
            state: terms.word("state", of: event) ?? "requested",
            expiresAt: terms.word("expiresAt", of: event).flatMap(DateTime.parse), kind: kind,
            kindLabel: terms.kindLabel(of: event) ?? "session",
            isAlwaysFree: terms.word("pricing", of: event) == "alwaysFree",
            rate: price.flatMap { RateDocument($0, terms: terms) },
            outcome: OutcomeDocument(event, terms: terms))
        heldUntil = terms.word("heldUntil", of: event).flatMap(DateTime.parse)
        series = SeriesDocument(event, terms: terms)
        if let price, rate == nil { areTermsReadable = terms.word("kind", of: price) == "free" }
    }

    /// `attributedTo`, of which several are an owner too many; `actor`, as Mobilizon has it, only where it is absent.
    private static func owner(of event: JSON) -> URI? {
        event["attributedTo"].list.isEmpty ? event.uri("actor") : event.uri("attributedTo")
    }
}

// MARK: - Writing

extension SessionDocument {
    /// The Event without `@context`, addressed to the mentor alone.
    package var json: JSON {
        var object = JSON.Object()
        object["id"] = .string(id.string)
        object["type"] = "Event"
        object["attributedTo"] = .string(owner.string)
        object["actor"] = .string(owner.string)
        object["name"] = .string(name)
        object["summary"] = summary.map { .string($0) }
        object["content"] = .string(paragraphs(fromPlainText: message))
        object["mediaType"] = "text/html"
        object["startTime"] = .string(DateTime.format(start))
        object["endTime"] = .string(DateTime.format(end))
        object["duration"] = Int(exactly: (end.timeIntervalSince(start) / 60).rounded()).map { .string("PT\($0)M") }
        object["timezone"] = zone.map { .string($0) }
        object["location"] = place.json
        object["status"] = .string(calendarStatus)
        object["joinMode"] = "invite"
        object["maximumAttendeeCapacity"] = 2
        object["to"] = .array(mentor.map { [.string($0.string)] } ?? [])
        object["cc"] = []
        object["published"] = published.map { .string(DateTime.format($0)) }
        object["updated"] = updated.map { .string(DateTime.format($0)) }
        object["url"] = .string(id.string)
        object["mnt:revision"] = revision.map { .int($0) }
        object["mnt:sessionType"] = "one-on-one"
        object["mnt:sessionKind"] = .string(kind)
        object["mnt:sessionKindLabel"] = .string(kindLabel)
        object["mnt:pricing"] = isAlwaysFree ? "alwaysFree" : "mentorSetsRate"
        object["mnt:topic"] = topic.map { .string($0) }
        object["mnt:medium"] = .string(place.medium)
        object["mnt:state"] = .string(state)
        object["mnt:expiresAt"] = expiresAt.map { .string(DateTime.format($0)) }
        object["mnt:heldUntil"] = heldUntil.map { .string(DateTime.format($0)) }
        object["mnt:terms"] = rate?.json ?? RateDocument.free
        object["mnt:outcome"] = outcome?.json
        object["mnt:series"] = series?.json
        return .object(object)
    }

    /// RFC 5545 section 3.8.1.11, for calendar software.
    private var calendarStatus: String {
        switch state {
        case "confirmed", "completed", "noShow": "CONFIRMED"
        case "declined", "cancelled", "expired": "CANCELLED"
        default: "TENTATIVE"
        }
    }
}
