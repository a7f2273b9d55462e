import Foundation
import Testing
import Wire

@Suite struct TimeZoneNameTests {
    @Test(
        "knows the names of the time zone database, old and new",
        arguments: [
            "UTC", "GMT", "Etc/UTC", "Europe/Berlin", "Europe/Kyiv", "Asia/Kolkata", "Asia/Calcutta", "Asia/Kathmandu",
            "America/Argentina/Buenos_Aires", "America/Indiana/Knox", "US/Pacific",
        ])
    func knows(text: String) throws {
        let name = try #require(TimeZoneName(text))
        #expect(name.name == text && name.description == text)
        #expect(name.timeZone.identifier == text || name == .utc)
    }

    @Test(
        "refuses offsets, abbreviations and what is no zone",
        arguments: [
            "", "CET", "EST", "PST8PDT", "GMT+2", "GMT+0200", "+02:00", "Z", "utc", "europe/berlin", "Europe/berlin",
            "Europe/Berlin ", " Europe/Berlin", "Europe/", "/", "Foo/Bar", "../../etc/passwd", "/etc/localtime",
            "Europe/../Europe/Berlin", "Europe/Berlin\0", "Asia/\u{212A}olkata", "Europe/Berli\u{306E}", "posixrules",
            "Europe/" + String(repeating: "a", count: 100),
        ])
    func refuses(text: String) {
        #expect(TimeZoneName(text) == nil)
    }

    @Test func knowsWhenClocksChange() throws {
        let zone = try #require(TimeZoneName("Europe/Berlin")).timeZone
        let winter = try #require(DateTime.parse("2026-10-25T01:00:00Z"))
        #expect(zone.secondsFromGMT(for: winter) == 3600)
        #expect(zone.secondsFromGMT(for: winter.addingTimeInterval(-1)) == 7200)
        #expect(TimeZoneName.utc.timeZone.secondsFromGMT(for: winter) == 0)
    }
}
