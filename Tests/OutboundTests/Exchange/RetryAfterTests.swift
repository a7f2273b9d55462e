import Foundation
import Outbound
import Testing

struct RetryAfterTests {
    /// Tue, 08 Sep 2026 16:00:00 GMT.
    private let now = Date(timeIntervalSince1970: 1_788_883_200)

    @Test(
        "reads seconds and dates, cut to six hours",
        arguments: [
            ("0", 0), ("120", 120), ("00120", 120), ("21600", 21_600), ("21601", 21_600),
            ("99999999999999999999999999", 21_600), ("Tue, 08 Sep 2026 16:00:30 GMT", 30),
            ("Tue, 08 Sep 2026 17:00:00 GMT", 3600), ("Tue, 08 Sep 2026 15:00:00 GMT", 0),
            ("Fri, 31 Dec 9999 23:59:59 GMT", 21_600), ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ])
    func reads(_ value: String, _ seconds: Int) {
        #expect(RetryAfter.parse(value, now: now) == .seconds(seconds))
    }

    @Test(
        "reads nothing else",
        arguments: [
            "", " ", "-1", "+5", "1.5", "1e3", "soon", "120 s", "Tue, 08 Sep 2026 16:00:00 CET",
            "Tue, 31 Feb 2026 16:00:00 GMT", "Tuesday, 08-Sep-26 16:00:00 GMT", "Tue, 08 Foo 2026 16:00:00 GMT",
            "Tue, 08 Sep 2026 25:00:00 GMT", "2026-09-08T16:00:00Z", "１２", String(repeating: "1", count: 65),
        ])
    func refuses(_ value: String) {
        #expect(RetryAfter.parse(value, now: now) == nil)
    }
}
