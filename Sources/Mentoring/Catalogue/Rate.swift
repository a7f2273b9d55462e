/// What a mentor asks for. No rate at all (`nil`) means free, so an amount is always more than nothing.
package struct Rate: Hashable, Sendable, CustomStringConvertible {
    package enum Unit: String, CaseIterable, Sendable {
        case session, hour
    }

    /// Decimal, with exactly as many decimal places as the currency has: `20.00`, `1500`.
    package let amount: String
    package let currency: Currency
    package let per: Unit

    /// Digits before the decimal point.
    package static let wholeDigits = 1...7

    /// Reads an amount such as `20`, `20.5` or `20.50`; nil for signs, blanks, exponents, leading zeros, more decimal
    /// places than the currency has, more than seven whole digits, and nothing at all.
    package init?(amount: String, currency: Currency, per: Unit) {
        guard let amount = Self.canonical(amount, fractionDigits: currency.fractionDigits) else { return nil }
        self.amount = amount
        self.currency = currency
        self.per = per
    }

    package var description: String { "\(amount) \(currency) per \(per.rawValue)" }

    private static func canonical(_ text: String, fractionDigits: Int) -> String? {
        let zero = UInt8(ascii: "0")
        let parts = text.utf8.split(separator: UInt8(ascii: "."), maxSplits: 2, omittingEmptySubsequences: false)
        let isDigits: (Substring.UTF8View) -> Bool = { $0.allSatisfy { (0x30...0x39).contains($0) } }
        guard parts.count <= 2, let whole = parts.first, wholeDigits.contains(whole.count), isDigits(whole),
            whole.count == 1 || whole.first != zero
        else { return nil }
        var fraction = ""
        if parts.count == 2 {
            guard (1...max(1, fractionDigits)).contains(parts[1].count), fractionDigits > 0, isDigits(parts[1]) else {
                return nil
            }
            fraction = String(parts[1]) ?? ""
        }
        guard !(whole.allSatisfy { $0 == zero } && fraction.utf8.allSatisfy { $0 == zero }) else { return nil }
        let padding = String(repeating: "0", count: fractionDigits - fraction.utf8.count)
        return fractionDigits == 0 ? String(whole) : String(decoding: whole, as: UTF8.self) + "." + fraction + padding
    }
}

/// A rate as somebody entered it.
package struct RateDraft: Hashable, Sendable {
    package var amount: String
    package var currency: String
    /// Raw value of a `Rate.Unit`.
    package var per: String

    package init(amount: String, currency: String, per: String) {
        self.amount = amount
        self.currency = currency
        self.per = per
    }

    /// The rate, or errors at `<field>.amount`, `<field>.currency`, `<field>.per`.
    func checked(_ field: String, _ checks: inout FieldChecks) -> Rate? {
        let currency = Currency(currency)
        if currency == nil { checks.fail("\(field).currency", "Use the ISO 4217 code of a currency, for example EUR.") }
        let unit = Rate.Unit(rawValue: per)
        if unit == nil {
            checks.fail("\(field).per", "Use one of \(Rate.Unit.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        guard let currency, let unit else { return nil }
        guard let rate = Rate(amount: amount, currency: currency, per: unit) else {
            let places =
                currency.fractionDigits == 0 ? "no decimal places" : "at most \(currency.fractionDigits) decimal places"
            checks.fail(
                "\(field).amount",
                """
                Use an amount above 0 and below 10000000 with \(places), for example \
                \(currency.fractionDigits == 0 ? "1500" : "20.50"). Leave the rate out for free.
                """
            )
            return nil
        }
        return rate
    }
}
