package import Wire

/// What an administrator enters for a row of the catalogue.
package struct SessionTypeDraft: Sendable {
    package static let nameLength = 1...40
    package static let labelLength = 1...80
    package static let descriptionLength = 0...500
    /// How many durations one type can have, and minutes of each.
    package static let durationCount = 1...12
    package static let minutes = 5...Slot.longest

    package var name: String
    package var label: String
    package var description: String
    package var durations: [Int]
    /// Raw value of a `PricingRule`.
    package var pricing: String
    package var position: Int
    package var isOffered: Bool

    package init(
        name: String, label: String, description: String = "", durations: [Int], pricing: String, position: Int = 0,
        isOffered: Bool = true
    ) {
        self.name = name
        self.label = label
        self.description = description
        self.durations = durations
        self.pricing = pricing
        self.position = position
        self.isOffered = isOffered
    }

    /// The row, durations sorted. Whether the name is still free is for the database to say.
    /// - Throws: what is wrong in `name`, `label`, `description`, `durations`, `durations[i]`, `pricing`, `position`.
    package func checked() throws(InvalidFields) -> SessionType {
        var checks = FieldChecks()
        if !Self.nameLength.contains(name.utf8.count) || !name.utf8.allSatisfy(Self.isNameByte) {
            checks.fail("name", "Use 1 to 40 of the characters a to z, 0 to 9 and _.")
        }
        let label = checks.text(label, "label", length: Self.labelLength, lines: .one)
        let description = checks.text(description, "description", length: Self.descriptionLength, lines: .several)
        if !Self.durationCount.contains(durations.count) {
            checks.fail("durations", "Give 1 to \(Self.durationCount.upperBound) durations in minutes.")
        } else {
            for (index, minutes) in durations.enumerated() {
                if !Self.minutes.contains(minutes) {
                    checks.fail(
                        "durations[\(index)]", "Use \(Self.minutes.lowerBound) to \(Self.minutes.upperBound) minutes.")
                } else if durations[..<index].contains(minutes) {
                    checks.fail("durations[\(index)]", "\(minutes) minutes are in the list already.")
                }
            }
        }
        let pricing = PricingRule(rawValue: pricing)
        if pricing == nil {
            checks.fail("pricing", "Use one of \(PricingRule.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        if !(0...1000).contains(position) { checks.fail("position", "Use 0 to 1000.") }
        try checks.finish()
        return SessionType(
            name: name, label: label, description: description, durations: durations.sorted(),
            pricing: pricing ?? .alwaysFree, position: position, isOffered: isOffered)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
        default: false
        }
    }
}
