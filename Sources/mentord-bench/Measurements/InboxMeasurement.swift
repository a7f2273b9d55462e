/// How many activities a second are verified, committed and answered: first from people whose keys have to be fetched,
/// then from people who are known.
struct InboxMeasurement {
    let stage: Stage

    func measure() async throws -> Report {
        var report = Report()
        if let cold = try await stage.introduceWorld() {
            report += Report(
                [
                    .rate(.coldRate, "inbox, keys unknown", cold.result.rate),
                    .milliseconds(.coldMiddle, "inbox, keys unknown, p50", cold.result.latency.quantile(0.5)),
                    .milliseconds(.coldTail, "inbox, keys unknown, p99", cold.result.latency.quantile(0.99)),
                ], use: ("inbox cold", cold.use))
        }
        let warm = try await stage.sendMix(stage.scale.activities)
        try await stage.settle()
        report += Report(
            [
                .rate(.inboxRate, "inbox, keys known", warm.result.rate),
                .milliseconds(.inboxMiddle, "inbox, p50", warm.result.latency.quantile(0.5)),
                .milliseconds(.inboxTail, "inbox, p99", warm.result.latency.quantile(0.99)),
                .milliseconds(.inboxWorst, "inbox, longest", warm.result.latency.largest),
            ], use: ("inbox", warm.use))
        return report
    }
}
