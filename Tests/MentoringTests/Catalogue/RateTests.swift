import Testing

@testable import Mentoring

@Suite struct RateTests {
    @Test(
        "an amount is kept with the decimal places of its currency",
        arguments: [
            ("20", "EUR", "20.00"), ("20.5", "EUR", "20.50"), ("0.01", "USD", "0.01"), ("1500", "JPY", "1500"),
            ("1.5", "KWD", "1.500"), ("9999999.99", "EUR", "9999999.99"),
        ])
    func canonical(amount: String, code: String, expected: String) throws {
        let currency = try #require(Currency(code))
        #expect(Rate(amount: amount, currency: currency, per: .hour)?.amount == expected)
    }

    @Test(
        "anything else is no amount",
        arguments: [
            ("", "EUR"), ("0", "EUR"), ("0.00", "EUR"), ("-5", "EUR"), ("+5", "EUR"), ("05", "EUR"), (".5", "EUR"),
            ("5.", "EUR"),
            ("5.001", "EUR"), ("5,00", "EUR"), ("1e3", "EUR"), ("NaN", "EUR"), ("5.0.0", "EUR"), (" 5", "EUR"),
            ("5 ", "EUR"),
            ("12345678", "EUR"), ("5.0", "JPY"), ("5.0000", "KWD"), ("٥", "EUR"), ("5\u{0}", "EUR"),
            (String(repeating: "9", count: 100_000), "EUR"),
        ])
    func refusesAmount(amount: String, code: String) throws {
        let currency = try #require(Currency(code))
        #expect(Rate(amount: amount, currency: currency, per: .hour) == nil)
    }

    @Test(
        "only currencies in circulation, by their exact code",
        arguments: ["eur", "EURO", "XXX", "XTS", "XAU", "DEM", "", "€", "ＥＵＲ"])
    func refusesCurrency(code: String) {
        #expect(Currency(code) == nil)
    }

    @Test("one rate is one value, however it was written") func compares() {
        #expect(Sample.rate("20", "EUR", .hour) == Sample.rate("20.00", "EUR", .hour))
        #expect(Sample.rate("20", "EUR", .hour) != Sample.rate("20", "EUR", .session))
        #expect(Sample.twentyEuro.description == "20.00 EUR per hour")
    }
}
