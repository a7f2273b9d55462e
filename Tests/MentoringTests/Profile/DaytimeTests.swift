import Testing
import Wire

@testable import Mentoring

@Suite struct DaytimeTests {
    @Test(
        "hours of the day that two zones share, round the globe and half an hour off",
        arguments: [
            ("UTC", "UTC", 12.0), ("Europe/Berlin", "Europe/Madrid", 12), ("Europe/Berlin", "America/New_York", 6),
            ("America/New_York", "Europe/Berlin", 6), ("Asia/Kolkata", "UTC", 6.5), ("Pacific/Kiritimati", "Pacific/Honolulu", 12),
            ("Pacific/Auckland", "UTC", 0), ("Asia/Tokyo", "America/Los_Angeles", 4),
        ])
    func shares(one: String, other: String, hours: Double) throws {
        let zones = (try #require(TimeZoneName(one)), try #require(TimeZoneName(other)))
        #expect(Daytime.sharedHours(of: zones.0, and: zones.1, at: Sample.asked) == hours)
    }
}
