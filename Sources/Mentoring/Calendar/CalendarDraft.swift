package import Wire

/// A calendar as its owner names it.
package struct CalendarDraft: Sendable {
    package var name: String
    package var address: String

    package init(name: String, address: String) {
        self.name = name
        self.address = address
    }

    package struct Checked: Hashable, Sendable {
        package let name: String
        package let address: URI
    }

    /// - Throws: `InvalidFields` with everything that is wrong.
    package func checked() throws(InvalidFields) -> Checked {
        var checks = FieldChecks()
        let name = checks.text(name, "name", length: OutsideCalendar.nameLength, lines: .one)
        let address = Self.address(address)
        if address == nil {
            checks.fail("address", "Give the https or webcal address at which the calendar is published.")
        }
        try checks.finish()
        guard let address else { throw InvalidFields([]) }
        return Checked(name: name, address: address)
    }

    /// `webcal` is what programs call https where they mean a calendar. Plain http is for this machine's own names
    /// alone, which whoever fetches judges once more.
    private static func address(_ text: String) -> URI? {
        let text = PlainText.trimmed(text)
        let scheme = text.prefix { $0 != ":" }.lowercased()
        let known = ["webcal", "webcals"].contains(scheme) ? "https\(text.dropFirst(scheme.count))" : text
        guard let address = URI(known)?.withoutFragment, address.scheme == .https || address.origin.isLoopbackName
        else {
            return nil
        }
        return address
    }
}
