import Testing

@testable import PostgreSQL

struct ConnectionSettingsTests {
    /// A negative number would make `poll(2)` wait for ever.
    @Test(arguments: [
        (Duration.zero, 0), (.nanoseconds(-1), 0), (.milliseconds(-8), 0), (.seconds(-1), 0), (.microseconds(1), 0),
        (.milliseconds(1500), 1500), (.seconds(1_999_999), 1_999_999_000), (.seconds(Int64.max), 2_000_000_000),
    ])
    func neverMakesALimitNegative(_ duration: Duration, _ milliseconds: Int) {
        #expect(Int(duration.wholeMilliseconds) == milliseconds)
    }

    @Test(arguments: ["nonsense", "postgresql://[", "host='", "host=a\0b"])
    func refusesMalformedURLs(_ url: String) {
        #expect(throws: PostgresError.malformedURL) { try ConnectionSettings(url: url).parameters() }
    }
}
