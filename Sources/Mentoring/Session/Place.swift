package import Wire

/// Where or how two people meet.
package struct Place: Hashable, Sendable {
    package enum Medium: String, CaseIterable, Sendable {
        case online, phone
        case inPerson = "in_person"

        /// As it stands within a sentence.
        package var words: String {
            switch self {
            case .online: "online"
            case .phone: "by phone"
            case .inPerson: "in person"
            }
        }
    }

    package static let detailLength = 0...500

    package let medium: Medium
    /// A number, an address, a passcode. Never put on the wire (federation profile section 7, point 5).
    package let detail: String?
    package let link: URI?

    /// Takes details that were checked, or are another server's: they are fitted to 500 characters.
    package init(medium: Medium, detail: String? = nil, link: URI? = nil) {
        let detail = detail.map { PlainText.fitted($0, limit: Self.detailLength.upperBound, lines: .several) }
        self.medium = medium
        self.detail = detail?.isEmpty == true ? nil : detail
        self.link = link
    }

    /// This place as another server told it, with what it left out, or may not say, taken from `known`.
    func completed(from known: Place) -> Place {
        guard medium == known.medium else { return self }
        return Place(medium: medium, detail: detail ?? known.detail, link: link ?? known.link)
    }
}

/// A place as somebody entered it.
package struct PlaceDraft: Sendable {
    /// Raw value of a `Place.Medium`.
    package var medium: String
    package var detail: String?
    package var link: String?

    package init(medium: String, detail: String? = nil, link: String? = nil) {
        self.medium = medium
        self.detail = detail
        self.link = link
    }

    /// For an answer, which brings nothing but a place.
    /// - Throws: what is wrong in `place.medium`, `place.detail`, `place.link`.
    package func checked() throws(InvalidFields) -> Place {
        var checks = FieldChecks()
        let place = checked("place", &checks)
        try checks.finish()
        return place
    }

    func checked(_ field: String, _ checks: inout FieldChecks) -> Place {
        let medium = Place.Medium(rawValue: medium)
        if medium == nil {
            checks.fail(
                "\(field).medium", "Use one of \(Place.Medium.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        let detail = detail.map { checks.text($0, "\(field).detail", length: Place.detailLength, lines: .several) }
        let uri = link.flatMap(URI.init)
        if link != nil, uri == nil { checks.fail("\(field).link", "Give a full http or https address.") }
        return Place(medium: medium ?? .online, detail: detail, link: uri)
    }
}
