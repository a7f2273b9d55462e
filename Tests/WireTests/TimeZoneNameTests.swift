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

    @Test(
        "writes a moment so that its reader knows which it is, also where clocks show the hour twice",
        arguments: [
            ("2026-09-08T16:00:00Z", "Europe/Berlin", "Tue 8 Sep 2026, 18:00 (Europe/Berlin)"),
            ("2026-09-08T16:00:00Z", "UTC", "Tue 8 Sep 2026, 16:00 (UTC)"),
            ("2026-10-24T23:59:00Z", "Europe/Berlin", "Sun 25 Oct 2026, 01:59 (Europe/Berlin)"),
            ("2026-10-25T00:00:00Z", "Europe/Berlin", "Sun 25 Oct 2026, 02:00 (Europe/Berlin, UTC+2)"),
            ("2026-10-25T00:59:00Z", "Europe/Berlin", "Sun 25 Oct 2026, 02:59 (Europe/Berlin, UTC+2)"),
            ("2026-10-25T01:00:00Z", "Europe/Berlin", "Sun 25 Oct 2026, 02:00 (Europe/Berlin, UTC+1)"),
            ("2026-10-25T02:00:00Z", "Europe/Berlin", "Sun 25 Oct 2026, 03:00 (Europe/Berlin)"),
            // Put forward: no hour is shown twice.
            ("2026-03-29T00:30:00Z", "Europe/Berlin", "Sun 29 Mar 2026, 01:30 (Europe/Berlin)"),
            ("2026-03-29T01:30:00Z", "Europe/Berlin", "Sun 29 Mar 2026, 03:30 (Europe/Berlin)"),
            ("2026-10-25T01:30:00Z", "Europe/London", "Sun 25 Oct 2026, 01:30 (Europe/London, UTC)"),
            ("2026-11-01T04:15:00Z", "America/St_Johns", "Sun 1 Nov 2026, 01:45 (America/St_Johns, UTC-2:30)"),
            ("2026-11-01T05:15:00Z", "America/St_Johns", "Sun 1 Nov 2026, 01:45 (America/St_Johns, UTC-3:30)"),
            // By half an hour only.
            ("2026-04-04T14:45:00Z", "Australia/Lord_Howe", "Sun 5 Apr 2026, 01:45 (Australia/Lord_Howe, UTC+11)"),
            ("2026-04-04T15:15:00Z", "Australia/Lord_Howe", "Sun 5 Apr 2026, 01:45 (Australia/Lord_Howe, UTC+10:30)"),
            ("2026-04-04T14:15:00Z", "Australia/Lord_Howe", "Sun 5 Apr 2026, 01:15 (Australia/Lord_Howe)"),
        ])
    func moments(time: String, zone: String, text: String) throws {
        let (time, zone) = (try #require(DateTime.parse(time)), try #require(TimeZoneName(zone)))
        #expect(zone.text(of: time) == text)
    }

    @Test(
        "writes a stretch of time with the offsets where clocks show one of its ends twice",
        arguments: [
            ("2026-09-08T16:00:00Z", 45, "Tue 8 Sep 2026, 18:00-18:45 (Europe/Berlin)"),
            ("2026-10-25T00:00:00Z", 30, "Sun 25 Oct 2026, 02:00-02:30 (Europe/Berlin, UTC+2)"),
            ("2026-10-25T00:30:00Z", 45, "Sun 25 Oct 2026, 02:30-02:15 (Europe/Berlin, UTC+2 to UTC+1)"),
            ("2026-10-25T00:00:00Z", 60, "Sun 25 Oct 2026, 02:00-02:00 (Europe/Berlin, UTC+2 to UTC+1)"),
            ("2026-10-25T01:30:00Z", 45, "Sun 25 Oct 2026, 02:30-03:15 (Europe/Berlin, UTC+1)"),
            ("2026-10-24T23:30:00Z", 180, "Sun 25 Oct 2026, 01:30-03:30 (Europe/Berlin)"),
        ])
    func stretches(start: String, minutes: Int, text: String) throws {
        let (start, zone) = (try #require(DateTime.parse(start)), try #require(TimeZoneName("Europe/Berlin")))
        #expect(zone.text(from: start, to: start.addingTimeInterval(Double(minutes) * 60)) == text)
    }
}
