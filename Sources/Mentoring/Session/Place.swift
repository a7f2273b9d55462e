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
    package static let shortLength = 0...60

    package let medium: Medium
    /// A number to call, an address, how to find the door.
    package let detail: String?
    package let link: URI?
    /// What stands behind the link, as people call it: `Jitsi`, `Big Blue Button`.
    package let platform: String?
    /// What opens the room behind the link.
    package let passcode: String?

    /// Takes words that were checked, or are another server's: they are fitted to 500 characters, and to 60.
    package init(
        medium: Medium, detail: String? = nil, link: URI? = nil, platform: String? = nil, passcode: String? = nil
    ) {
        self.medium = medium
        self.detail = Self.fitted(detail, Self.detailLength, .several)
        self.link = link
        self.platform = Self.fitted(platform, Self.shortLength, .one)
        self.passcode = Self.fitted(passcode, Self.shortLength, .one)
    }

    private static func fitted(_ text: String?, _ length: ClosedRange<Int>, _ lines: FieldChecks.Lines) -> String? {
        let fitted = text.map { PlainText.fitted($0, limit: length.upperBound, lines: lines) }
        return fitted?.isEmpty == true ? nil : fitted
    }

    /// What may be said of it before it is agreed: no number, no door, no passcode (federation profile section 7).
    package var withoutSecrets: Place { Place(medium: medium, link: link) }

    /// Whether it says more than by which medium.
    package var isExact: Bool { self != Place(medium: medium) }

    /// Where two meet who agree on it: where the mentor says, else where they usually meet in the way that was asked for,
    /// else online in a room of the community.
    package static func agreed(said: Place?, asked: Place, usual: [Place], room: URI?) -> Place {
        let chosen = said ?? asked
        if said == nil, let own = usual.first(where: { $0.medium == chosen.medium }) { return own }
        guard chosen.medium == .online, chosen.link == nil else { return chosen }
        return Place(
            medium: .online, detail: chosen.detail, link: room, platform: chosen.platform, passcode: chosen.passcode)
    }

    /// This place as another server told it, with what it left out, or may not say, taken from `known`.
    func completed(from known: Place) -> Place {
        guard medium == known.medium else { return self }
        return Place(
            medium: medium, detail: detail ?? known.detail, link: link ?? known.link,
            platform: platform ?? known.platform, passcode: passcode ?? known.passcode)
    }
}

/// A place as somebody entered it.
package struct PlaceDraft: Sendable {
    /// Raw value of a `Place.Medium`.
    package var medium: String
    package var detail: String?
    package var link: String?
    package var platform: String?
    package var passcode: String?

    package init(
        medium: String, detail: String? = nil, link: String? = nil, platform: String? = nil, passcode: String? = nil
    ) {
        self.medium = medium
        self.detail = detail
        self.link = link
        self.platform = platform
        self.passcode = passcode
    }

    /// For what brings nothing but a place.
    ///
    /// - Parameter prefix: stands before the names of the fields.
    /// - Throws: what is wrong in `medium`, `detail`, `link`, `platform`, `passcode`.
    package func checked(_ prefix: String) throws(InvalidFields) -> Place {
        var checks = FieldChecks()
        let place = checked(prefix, &checks)
        try checks.finish()
        return place
    }

    func checked(_ prefix: String, _ checks: inout FieldChecks) -> Place {
        let medium = Place.Medium(rawValue: medium)
        if medium == nil {
            checks.fail(
                "\(prefix)medium", "Use one of \(Place.Medium.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        let detail = detail.map { checks.text($0, "\(prefix)detail", length: Place.detailLength, lines: .several) }
        let uri = link.flatMap(URI.init)
        if link != nil, uri == nil { checks.fail("\(prefix)link", "Give a full http or https address.") }
        func short(_ text: String?, _ name: String) -> String? {
            text.map { checks.text($0, "\(prefix)\(name)", length: Place.shortLength, lines: .one) }
        }
        return Place(
            medium: medium ?? .online, detail: detail, link: uri, platform: short(platform, "platform"),
            passcode: short(passcode, "passcode"))
    }
}
