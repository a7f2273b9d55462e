import ActivityStreams
import JSONTree
import Testing

@Suite struct RateDocumentTests {
    private let rate = RateDocument(amount: "20.50", currency: "EUR", per: "hour")

    @Test func survivesTheWire() {
        #expect(RateDocument(rate.json, terms: Samples.terms) == rate)
        #expect(RateDocument(RateDocument.free, terms: Samples.terms) == nil)
    }

    /// Read as free, it would promise what its mentor never offered.
    @Test func amountMayBeANumber() throws {
        let number = rate.json.with("mnt:amount", try JSON.parse("20.50"))
        #expect(RateDocument(number, terms: Samples.terms) == rate)
        #expect(RateDocument(rate.json.with("mnt:amount", 20), terms: Samples.terms)?.amount == "20")
    }

    @Test func isPerSessionUnlessItSays() {
        #expect(RateDocument(rate.json.with("mnt:per", nil), terms: Samples.terms)?.per == "session")
    }

    @Test("odd values give a rate or none", arguments: ["mnt:kind", "mnt:amount", "mnt:currency", "mnt:per"])
    func oddities(key: String) {
        for value in oddValues {
            guard let rate = RateDocument(rate.json.with(key, value), terms: Samples.terms) else { continue }
            #expect(key != "mnt:kind")
            #expect([rate.amount, rate.currency, rate.per].allSatisfy { (1...100).contains($0.utf8.count) })
        }
        for value in oddValues { #expect(RateDocument(value, terms: Samples.terms) == nil) }
    }
}
