import JSONTree
import Testing

@testable import mentord_bench

struct FiguresTests {
    @Test("a quantile is the smallest value that so many do not exceed")
    func quantiles() {
        let values = Distribution((1...100).map(Double.init).shuffled())
        #expect(values.quantile(0.5) == 50)
        #expect(values.quantile(0.99) == 99)
        #expect(values.quantile(1) == 100)
        #expect(Distribution([7]).quantile(0.01) == 7)
        #expect(Distribution([]).quantile(0.5) == 0)
    }

    @Test("shares are of the limits of the same run, and each target says whether it is met")
    func shares() {
        let report = Report([
            .rate(.inserts, "inserts", 2000), .rate(.inboxRate, "inbox", 500),
            .milliseconds(.inboxTail, "inbox, p99", 50),
        ])
        #expect(report.json["inbox_share_of_inserts"]?.double == 25)
        #expect(report.json["deliveries_share_of_signatures"] == nil)
        #expect(report.table.contains("at least 20: met"))
        #expect(report.table.contains("below 50: missed"))
    }

    @Test("the figures of pgbench and openssl are read from what they print")
    func outputs() throws {
        let pgbench = """
            latency average = 6.9 ms
            initial connection time = 21.4 ms
            tps = 2310.532341 (without initial connection time)
            """
        #expect(try MachineLimits.inserts(in: pgbench) == 2310.532341)
        let openssl = """
            version: 3.0.22
                              sign    verify    sign/s verify/s
            rsa 2048 bits 0.000502s 0.000015s   1992.7  67641.3
            """
        #expect(try MachineLimits.signatures(in: openssl) == 1992.7)
        #expect(throws: BenchFailure.self) { try MachineLimits.inserts(in: "pgbench: error") }
        #expect(throws: BenchFailure.self) { try MachineLimits.signatures(in: "") }
    }
}
