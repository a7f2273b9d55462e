package import Foundation
import JSONTree
package import Wire

/// When and where a public `Event` takes place (federation profile 5.2, FEP-8a8e).
package struct EventDocument: Equatable, Sendable {
    /// RFC 5545 section 3.8.1.11.
    package enum Status: String, CaseIterable, Sendable {
        case confirmed = "CONFIRMED", tentative = "TENTATIVE", cancelled = "CANCELLED"
    }

    package struct Place: Equatable, Sendable {
        /// Plain text: name and address in one line.
        package var name: String?
        package var link: URI?
        package var isVirtual: Bool

        package init(name: String?, link: URI?, isVirtual: Bool) {
            self.name = name
            self.link = link
            self.isVirtual = isVirtual
        }
    }

    package var start: Date
    package var end: Date?
    package var zone: TimeZoneName?
    package var place: Place?
    package var status: Status?

    package init(start: Date, end: Date? = nil, zone: TimeZoneName? = nil, place: Place? = nil, status: Status? = nil) {
        self.start = start
        self.end = end
        self.zone = zone
        self.place = place
        self.status = status
    }
}

// MARK: - Reading

extension EventDocument {
    /// nil without a start. An end that is not after it counts as absent.
    init?(_ event: JSON) {
        guard let start = event.date("startTime") else { return nil }
        self.init(
            start: start, end: event.date("endTime").flatMap { $0 > start ? $0 : nil },
            zone: event["timezone"]?.string.flatMap(TimeZoneName.init),
            place: event["location"].list.prefix(10).lazy.compactMap(Place.init).first, status: Status(event))
    }
}

extension EventDocument.Status {
    /// `status` as calendars have it, under either name, or else `eventStatus` of FEP-8a8e.
    fileprivate init?(_ event: JSON) {
        let word = event["status"]?.string ?? event["ical:status"]?.string ?? event["eventStatus"]?.string
        switch word {
        case "CONFIRMED", "EventScheduled", "EventRescheduled", "EventMovedOnline": self = .confirmed
        case "TENTATIVE", "EventTentative", "EventPostponed": self = .tentative
        case "CANCELLED", "EventCancelled": self = .cancelled
        default: return nil
        }
    }
}

extension EventDocument.Place {
    /// Reads a Place, a VirtualLocation, or a bare address or name; nil where nothing can be shown.
    fileprivate init?(_ location: JSON) {
        let address = location.string.flatMap { URI($0) }
        let bareName = address == nil ? location.string.flatMap { readableTitle($0, limit: 300) } : nil
        let name = bareName ?? location.line("name", limit: 300) ?? location.title("content", limit: 300)
        let postal = location["address"].flatMap(Self.postalAddress)
        let link = address ?? location.link("url") ?? location["address"]?.link("url")
        let parts = [name, postal == name ? nil : postal].compactMap(\.self)
        guard !parts.isEmpty || link != nil else { return nil }
        self.init(
            name: parts.isEmpty ? nil : parts.joined(separator: ", "), link: link,
            isVirtual: address != nil || location.type == "VirtualLocation")
    }

    /// Text, or the parts of a schema.org PostalAddress in the order in which most of the world reads them.
    private static func postalAddress(_ address: JSON) -> String? {
        if let text = address.string { return readableTitle(text, limit: 300) }
        let town = ["postalCode", "addressLocality"].compactMap { address.line($0, limit: 100) }.joined(separator: " ")
        let parts = [
            address.line("streetAddress", limit: 100), town.isEmpty ? nil : town,
            address.line("addressRegion", limit: 100), address.line("addressCountry", limit: 100),
        ].compactMap(\.self)
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }
}

// MARK: - Writing

extension EventDocument {
    func write(to object: inout JSON.Object) {
        object["startTime"] = .string(DateTime.format(start))
        object["endTime"] = end.map { .string(DateTime.format($0)) }
        object["timezone"] = zone.map { .string($0.name) }
        object["location"] = place?.json
        object["status"] = status.map { .string($0.rawValue) }
    }
}

extension EventDocument.Place {
    /// One object, never a list: Mobilizon drops an Event whose location is one.
    fileprivate var json: JSON {
        [
            "type": isVirtual ? "VirtualLocation" : "Place", "name": name.map { .string($0) },
            "url": link.map { .string($0.string) },
        ]
    }
}
