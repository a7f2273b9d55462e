import Foundation
import Testing
import Wire

@Suite struct DateTimeTests {
    @Test(
        "writes UTC, with milliseconds only where there are any",
        arguments: [
            (0, "1970-01-01T00:00:00Z"), (1_788_883_200, "2026-09-08T16:00:00Z"), (1_788_883_200.25, "2026-09-08T16:00:00.250Z"),
            (1_788_883_200.001, "2026-09-08T16:00:00.001Z"), (1_788_883_199.9999, "2026-09-08T16:00:00Z"),
            (951_782_400, "2000-02-29T00:00:00Z"), (-1, "1969-12-31T23:59:59Z"), (-0.001, "1969-12-31T23:59:59.999Z"),
            (253_402_300_799, "9999-12-31T23:59:59Z"), (-62_135_596_800, "0001-01-01T00:00:00Z"),
        ])
    func writes(seconds: Double, text: String) {
        #expect(DateTime.format(Date(timeIntervalSince1970: seconds)) == text)
    }

    @Test(
        "times outside of the calendar become its ends",
        arguments: [
            (Double.infinity, "9999-12-31T23:59:59.999Z"), (-.infinity, "0001-01-01T00:00:00Z"),
            (1e300, "9999-12-31T23:59:59.999Z"), (253_402_300_799.9999, "9999-12-31T23:59:59.999Z"),
            (-1e18, "0001-01-01T00:00:00Z"), (.nan, "1970-01-01T00:00:00Z"),
        ])
    func writesAbsurdTimes(seconds: Double, text: String) {
        #expect(DateTime.format(Date(timeIntervalSince1970: seconds)) == text)
    }

    @Test(
        "reads every form of RFC 3339",
        arguments: [
            ("2026-09-08T16:00:00Z", 1_788_883_200), ("2026-09-08t16:00:00z", 1_788_883_200),
            ("2026-09-08 16:00:00Z", 1_788_883_200), ("2026-09-08T18:00:00+02:00", 1_788_883_200),
            ("2026-09-08T10:30:00-05:30", 1_788_883_200), ("2026-09-08T16:00:00-00:00", 1_788_883_200),
            ("2026-09-08T16:00:00.5Z", 1_788_883_200.5), ("2026-09-08T16:00:00.123456789Z", 1_788_883_200.123),
            ("2026-09-08T16:00:00.9999Z", 1_788_883_200.999), ("2016-12-31T23:59:60Z", 1_483_228_799),
            ("1970-01-01T00:00:00Z", 0), ("1970-01-01T01:00:00+01:00", 0), ("9999-12-31T23:59:59Z", 253_402_300_799),
            ("2024-02-29T00:00:00Z", 1_709_164_800),
        ])
    func reads(text: String, seconds: Double) throws {
        let expected = Date(timeIntervalSinceReferenceDate: ((seconds - 978_307_200) * 1000).rounded() / 1000)
        #expect(DateTime.parse(text) == expected)
    }

    @Test(
        "reads nothing else",
        arguments: [
            "", "now", "2026-09-08", "2026-09-08T16:00:00", "2026-09-08T16:00Z", "2026-9-8T16:00:00Z", "26-09-08T16:00:00Z",
            "2026-09-08T16:00:00 Z", " 2026-09-08T16:00:00Z", "2026-09-08T16:00:00Z ", "2026-09-08T16:00:00Z\0",
            "2026-00-08T16:00:00Z", "2026-13-08T16:00:00Z", "2026-09-00T16:00:00Z", "2026-09-31T16:00:00Z",
            "2026-02-29T16:00:00Z", "2100-02-29T16:00:00Z", "2026-09-08T24:00:00Z", "2026-09-08T16:60:00Z",
            "2026-09-08T16:00:61Z", "2026-09-08T16:00:00.Z", "2026-09-08T16:00:00,5Z", "2026-09-08T16:00:00+2:00",
            "2026-09-08T16:00:00+0200", "2026-09-08T16:00:00+24:00", "2026-09-08T16:00:00+02:60", "2026-09-08T16:00:00+",
            "2026-09-08T16:00:00\u{2212}02:00", "2026-09-08T16:00:00UTC", "+2026-09-08T16:00:00Z", "-026-09-08T16:00:00Z",
            "0000-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "1970-01-01T00:59:59+01:00", "9999-12-31T23:59:59-00:01",
            "10000-01-01T00:00:00Z", "99999999999999999999-01-01T00:00:00Z", "２０２６-09-08T16:00:00Z", "1788883200",
            "2026-09-08T16:00:00." + String(repeating: "0", count: 100) + "Z",
        ])
    func refuses(text: String) {
        #expect(DateTime.parse(text) == nil)
    }

    @Test func refusesHugeTexts() {
        #expect(DateTime.parse(String(repeating: "9", count: 1_000_000)) == nil)
        #expect(HTTPDate.parse(String(repeating: "Sun, ", count: 200_000).utf8) == nil)
    }

    @Test func millisecondsSurviveCuttingAndTheWire() throws {
        var generator = SystemRandomNumberGenerator()
        // 2004 and 2038 are where the binary fractions of milliseconds are at their worst.
        let ranges = [0...253_402_300_799_999, 1_073_741_824_000...1_099_000_000_000, 2_147_483_648_000...2_199_000_000_000]
        for range in ranges {
            for _ in 0..<2000 {
                let milliseconds = Int.random(in: range, using: &generator)
                let date = Date(timeIntervalSinceReferenceDate: Double(milliseconds - 978_307_200_000) / 1000)
                #expect(DateTime.cutToMilliseconds(date) == date)
                #expect(DateTime.parse(DateTime.format(date)) == date)
            }
        }
    }

    @Test func cutsToTheNearestMillisecond() {
        let whole = DateTime.parse("2026-09-08T16:00:00.123Z")
        #expect(DateTime.cutToMilliseconds(Date(timeIntervalSince1970: 1_788_883_200.1234)) == whole)
        #expect(DateTime.cutToMilliseconds(Date(timeIntervalSince1970: 1_788_883_200.1226)) == whole)
    }
}
