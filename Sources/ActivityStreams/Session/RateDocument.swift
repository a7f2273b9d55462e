package import JSONTree

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

    /// Reads a price whose amount is text, as it should be, or a number; nil for what is free or cannot be understood
    /// as a price.
    package init?(_ value: JSON, terms: MentoringTerms) {
        guard terms.word("kind", of: value) == "paid",
            let amount = terms.word("amount", of: value) ?? terms.value("amount", of: value)?.number?.literal,
            let currency = terms.word("currency", of: value), amount.utf8.count <= 100
        else { return nil }
        self.init(amount: amount, currency: currency, per: terms.word("per", of: value) ?? "session")
    }

    package var json: JSON {
        [
            "mnt:kind": "paid", "mnt:amount": .string(amount), "mnt:currency": .string(currency),
            "mnt:per": .string(per),
        ]
    }
}
