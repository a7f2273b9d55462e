package import JSONTree
package import Wire

/// Where people meet: `VirtualLocation` for a call, `Place` otherwise, with `mnt:medium` beside it on the Event.
package struct PlaceDocument: Equatable, Sendable {
    /// `online`, `phone` or `inPerson`.
    package var medium: String
    package var detail: String?
    package var link: URI?

    package init(medium: String, detail: String?, link: URI?) {
        self.medium = medium
        self.detail = detail
        self.link = link
    }

    /// Reads the first location of a property that may hold one or several; what is missing is taken as online.
    package init(_ location: JSON?, medium: String?) {
        let location = location?.list.first ?? .null
        let isVirtual = location.type == "VirtualLocation" || location.isNull
        self.medium = ["online", "phone", "inPerson"].first { $0 == medium } ?? (isVirtual ? "online" : "inPerson")
        self.detail = location.text("name", limit: 500) ?? location.text("content", limit: 500)
        self.link = location["url"]?.string.flatMap { URI($0) }
    }

    package var json: JSON {
        var object = JSON.Object()
        object["type"] = medium == "online" ? "VirtualLocation" : "Place"
        object["name"] = .string(detail ?? Self.names[medium] ?? "Online")
        object["url"] = link.map { .string($0.string) }
        return .object(object)
    }

    private static let names = ["online": "Online", "phone": "By phone", "inPerson": "In person"]
}

/// What a session costs (`mnt:terms`).
package struct RateDocument: Equatable, Sendable {
    /// Decimal text.
    package var amount: String
    /// ISO 4217.
    package var currency: String
    /// `session` or `hour`.
    package var per: String

    package static let free: JSON = ["mnt:kind": "free"]

    package init(amount: String, currency: String, per: String) {
        self.amount = amount
        self.currency = currency
        self.per = per
    }

    /// nil for what is free or cannot be understood as a price.
    package init?(_ value: JSON, terms: MentoringTerms) {
        guard terms.value("kind", of: value)?.string == "paid",
            let amount = terms.value("amount", of: value)?.string,
            let currency = terms.value("currency", of: value)?.string
        else { return nil }
        self.init(amount: amount, currency: currency, per: terms.value("per", of: value)?.string ?? "session")
    }

    package var json: JSON {
        [
            "mnt:kind": "paid", "mnt:amount": .string(amount), "mnt:currency": .string(currency), "mnt:per": .string(per),
        ]
    }
}
