package import JSONTree
package import Wire

/// Where people meet: `VirtualLocation` for a call, `Place` otherwise, with `mnt:medium` beside it on the Event.
package struct PlaceDocument: Equatable, Sendable {
    /// `online`, `phone` or `inPerson`.
    package var medium: String
    package var detail: String?
    package var link: URI?
    /// `mnt:platform`: what stands behind the link.
    package var platform: String?
    /// `mnt:passcode`.
    package var passcode: String?

    package init(medium: String, detail: String?, link: URI?, platform: String? = nil, passcode: String? = nil) {
        self.medium = medium
        self.detail = detail
        self.link = link
        self.platform = platform
        self.passcode = passcode
    }

    /// The `location` of an Event, or of the Accept by which it is agreed, with its `mnt:medium`.
    package init(of object: JSON, terms: MentoringTerms) {
        self.init(object["location"], medium: terms.word("medium", of: object))
        let location = object["location"].list.first ?? .null
        platform = terms.line("platform", of: location, limit: 60)
        passcode = terms.line("passcode", of: location, limit: 60)
    }

    /// Reads the first location of a property that may hold one or several, each an object or its bare address or name;
    /// what is missing is taken as online. A name that only says the medium again is no detail.
    private init(_ location: JSON?, medium: String?) {
        let location = location.list.first ?? .null
        let address = location.string.flatMap { URI($0) }
        let bareName = address == nil ? location.string.flatMap { readableText($0, limit: 500) } : nil
        let detail = bareName ?? location.text("name", limit: 500) ?? location.text("content", limit: 500)
        let link = address ?? location.link("url")
        // Hubzilla's place is there and empty where none was said.
        let isNowhere = location.isNull || (location.type == "Place" && detail == nil && link == nil)
        let isVirtual = isNowhere || address != nil || location.type == "VirtualLocation"
        let medium = Self.names.keys.first { $0 == medium } ?? (isVirtual ? "online" : "inPerson")
        self.init(medium: medium, detail: detail == Self.names[medium] ? nil : detail, link: link)
    }

    package var json: JSON {
        [
            "type": medium == "online" ? "VirtualLocation" : "Place",
            "name": .string(detail ?? Self.names[medium] ?? "Online"),
            "url": link.map { .string($0.string) }, "mnt:platform": platform.map { .string($0) },
            "mnt:passcode": passcode.map { .string($0) },
        ]
    }

    private static let names = ["online": "Online", "phone": "By phone", "inPerson": "In person"]
}
