import Testing

@testable import Calendars

/// What counts as busy (RFC 5545).
struct CalendarParserTests {
    static let cases: [(String, String, [String])] = [
        ("a time of UTC", "DTSTART:20260302T100000Z\nDTEND:20260302T113000Z", ["2026-03-02T10:00Z/2026-03-02T11:30Z"]),
        ("opaque", "DTSTART:20260302T100000Z\nDURATION:PT1H\nTRANSP:OPAQUE", ["2026-03-02T10:00Z/2026-03-02T11:00Z"]),
        ("transparent", "DTSTART:20260302T100000Z\nDURATION:PT1H\nTRANSP:TRANSPARENT", []),
        ("cancelled", "DTSTART:20260302T100000Z\nDURATION:PT1H\nSTATUS:CANCELLED", []),
        ("a day is busy, in the mentor's zone", "DTSTART;VALUE=DATE:20260302", ["2026-03-01T23:00Z/2026-03-02T23:00Z"]),
        (
            "days up to the one after the last", "DTSTART;VALUE=DATE:20260328\nDTEND;VALUE=DATE:20260330",
            ["2026-03-27T23:00Z/2026-03-29T22:00Z"]
        ),
        (
            "a day that ends where it begins", "DTSTART;VALUE=DATE:20260302\nDTEND;VALUE=DATE:20260302",
            ["2026-03-01T23:00Z/2026-03-02T23:00Z"]
        ),
        ("a time without a zone", "DTSTART:20260702T100000\nDURATION:PT1H", ["2026-07-02T08:00Z/2026-07-02T09:00Z"]),
        (
            "a zone that nobody knows", "DTSTART;TZID=Nowhere:20260702T100000\nDURATION:PT1H",
            ["2026-07-02T08:00Z/2026-07-02T09:00Z"]
        ),
        (
            "a zone behind a prefix", "DTSTART;TZID=/example.org/2026/America/New_York:20260702T100000\nDURATION:PT1H",
            ["2026-07-02T14:00Z/2026-07-02T15:00Z"]
        ),
        ("no length", "DTSTART:20260302T100000Z", []),
        (
            "days of the wall clock", "DTSTART;TZID=Europe/Berlin:20260328T120000\nDURATION:P1D",
            ["2026-03-28T11:00Z/2026-03-29T10:00Z"]
        ),
        (
            "hours that are exact", "DTSTART;TZID=Europe/Berlin:20260328T120000\nDURATION:PT24H",
            ["2026-03-28T11:00Z/2026-03-29T11:00Z"]
        ),
        (
            "an hour that is skipped", "DTSTART;TZID=Europe/Berlin:20260329T023000\nDURATION:PT1H",
            ["2026-03-29T01:30Z/2026-03-29T02:30Z"]
        ),
        (
            "an hour that comes twice", "DTSTART;TZID=Europe/Berlin:20261025T023000\nDURATION:PT1H",
            ["2026-10-25T00:30Z/2026-10-25T01:30Z"]
        ),
        (
            "before what is asked for, and into it", "DTSTART:20251231T230000Z\nDURATION:PT3H",
            ["2026-01-01T00:00Z/2026-01-01T02:00Z"]
        ),
        ("after it", "DTSTART:20270101T000000Z\nDURATION:PT3H", []),
        (
            "until a moment of UTC, on the wall clock of a zone",
            "DTSTART;TZID=America/New_York:20260301T200000\nDURATION:PT1H\nRRULE:FREQ=DAILY;UNTIL=20260303T010000Z",
            ["2026-03-02T01:00Z/2026-03-02T02:00Z", "2026-03-03T01:00Z/2026-03-03T02:00Z"]
        ),
        (
            "until a day, which is the last", "DTSTART:20260301T200000\nDURATION:PT1H\nRRULE:FREQ=DAILY;UNTIL=20260302",
            ["2026-03-01T19:00Z/2026-03-01T20:00Z", "2026-03-02T19:00Z/2026-03-02T20:00Z"]
        ),
        (
            "added with an end of its own",
            "DTSTART:20260301T200000Z\nDURATION:PT1H\nRDATE;VALUE=PERIOD:20260302T100000Z/PT15M,20260303T100000Z/20260303T120000Z",
            [
                "2026-03-01T20:00Z/2026-03-01T21:00Z", "2026-03-02T10:00Z/2026-03-02T10:15Z",
                "2026-03-03T10:00Z/2026-03-03T12:00Z",
            ]
        ),
        (
            "a day taken out of a row",
            "DTSTART:20260301T200000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE;VALUE=DATE:20260302",
            ["2026-03-01T20:00Z/2026-03-01T21:00Z", "2026-03-03T20:00Z/2026-03-03T21:00Z"]
        ),
    ]

    @Test("Each sort of event is busy when it should be", arguments: cases)
    func events(name: String, event: String, times: [String]) throws {
        let busy = try Samples.read(Samples.calendar("UID:1\n\(event)"))
        #expect(Samples.words(busy) == times, "\(name)")
        #expect(busy.unreadable == 0)
    }

    @Test("What is moved or called off does not stand where it was, and what is moved for good takes the rest along")
    func replaced() throws {
        let row = "UID:1\nDTSTART;TZID=Europe/Berlin:20260302T100000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=4"
        let moved = "UID:1\nRECURRENCE-ID:20260309T090000Z\nDTSTART:20260310T150000Z\nDURATION:PT30M"
        let off = "UID:1\nRECURRENCE-ID;TZID=Europe/Berlin:20260316T100000\nDTSTART:20260316T090000Z\nSTATUS:CANCELLED"
        #expect(
            Samples.words(try Samples.read(Samples.calendar(row, moved, off))) == [
                "2026-03-02T09:00Z/2026-03-02T10:00Z", "2026-03-10T15:00Z/2026-03-10T15:30Z",
                "2026-03-23T09:00Z/2026-03-23T10:00Z",
            ])
        let forGood =
            "UID:1\nRECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20260316T100000\n"
            + "DTSTART;TZID=Europe/Berlin:20260317T080000\nDURATION:PT2H"
        #expect(
            Samples.words(try Samples.read(Samples.calendar(row, forGood))) == [
                "2026-03-02T09:00Z/2026-03-02T10:00Z", "2026-03-09T09:00Z/2026-03-09T10:00Z",
                "2026-03-17T07:00Z/2026-03-17T09:00Z", "2026-03-24T07:00Z/2026-03-24T09:00Z",
            ])
    }

    @Test("A zone that the calendar lays down holds, also for a row over a change of clocks")
    func ownZone() throws {
        let zone = """
            BEGIN:VTIMEZONE
            TZID:W. Europe Standard Time
            BEGIN:STANDARD
            DTSTART:16010101T030000
            TZOFFSETFROM:+0200
            TZOFFSETTO:+0100
            RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
            END:STANDARD
            BEGIN:DAYLIGHT
            DTSTART:16010101T020000
            TZOFFSETFROM:+0100
            TZOFFSETTO:+0200
            RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
            END:DAYLIGHT
            END:VTIMEZONE

            """
        let event =
            "UID:1\nDTSTART;TZID=W. Europe Standard Time:20260323T100000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=2"
        let busy = try Samples.read(Samples.calendar(event, besides: zone), zone: "Asia/Tokyo")
        #expect(Samples.words(busy) == ["2026-03-23T09:00Z/2026-03-23T10:00Z", "2026-03-30T08:00Z/2026-03-30T09:00Z"])
    }

    @Test("Busy times without events count, free ones do not, and what overlaps or touches is one")
    func freeBusy() throws {
        let besides = """
            BEGIN:VFREEBUSY
            FREEBUSY:20260302T100000Z/PT1H,20260302T103000Z/20260302T120000Z
            FREEBUSY;FBTYPE=BUSY-TENTATIVE:20260302T120000Z/PT1H
            FREEBUSY;FBTYPE=FREE:20260303T120000Z/PT1H
            END:VFREEBUSY

            """
        #expect(
            Samples.words(try Samples.read(Samples.calendar(besides: besides))) == [
                "2026-03-02T10:00Z/2026-03-02T13:00Z"
            ])
        let two =
            Samples.calendar("UID:1\nDTSTART:20260302T100000Z\nDURATION:PT1H")
            + Samples.calendar("UID:1\nDTSTART:20260303T100000Z\nDURATION:PT1H")
        #expect(try Samples.read(two).times.count == 2)
    }

    @Test(
        "An entry that does not say when it is is left out and counted, and the others stay",
        arguments: [
            "DTSTART:2026banana", "SUMMARY:When?", "DTSTART:20261399T996199Z\nDURATION:PT1H",
            "DTSTART:20260302T100000Z\nDURATION:PT1H\nRRULE:FREQ=SOMETIMES",
            "DTSTART:20260302T100000Z\nDTEND:20260301T100000Z",
            "DTSTART:20260302T100000Z\nDURATION:-PT1H", "DTSTART:20260302T100000Z\nDURATION:PT1H\nEXDATE:gone",
            "DTSTART:20260302T100000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;INTERVAL=0",
        ])
    func unreadable(event: String) throws {
        let busy = try Samples.read(
            Samples.calendar("UID:1\n\(event)", "UID:2\nSUMMARY\nDTSTART:20260303T100000Z\nDURATION:PT1H"))
        #expect(Samples.words(busy) == ["2026-03-03T10:00Z/2026-03-03T11:00Z"])
        #expect(busy.unreadable == 1)
    }

    @Test("A rule without end ends with what is asked for")
    func forEver() throws {
        let busy = try Samples.read(
            Samples.calendar("UID:1\nDTSTART:19900101T100000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY"))
        #expect(busy.times.count == 365)
    }

    @Test(
        "More than is kept is refused, and nothing is cut off",
        arguments: ["FREQ=SECONDLY", "FREQ=MINUTELY;INTERVAL=3", "FREQ=HOURLY"])
    func tooMany(rule: String) throws {
        let text = Samples.calendar("UID:1\nDTSTART:20260101T000000Z\nDURATION:PT1M\nRRULE:\(rule)")
        #expect(throws: CalendarRefusal.tooMany) { try Samples.read(text) }
    }

    @Test("Bytes that are no UTF-8 in words do no harm, and neither does a mark at the beginning")
    func otherBytes() throws {
        let text = Array(Samples.calendar("UID:1\nDTSTART:20260302T100000Z\nDURATION:PT1H\nSUMMARY:CAF").utf8)
        let spoiled = text.map { $0 == UInt8(ascii: "F") ? 0xe9 : $0 }
        #expect(
            try CalendarParser.busyTimes(of: [0xef, 0xbb, 0xbf] + spoiled, try Samples.question()).times.count == 1)
    }

    @Test(
        "What is no calendar is told from one that breaks off",
        arguments: [
            ("", CalendarRefusal.noCalendar), ("BEGIN:VCARD\nEND:VCARD", .noCalendar), ("{}", .noCalendar),
            ("\u{0}\u{0}", .noCalendar),
            ("\n<!DOCTYPE html><title>Sign in</title>", .page),
            ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:2026", .unfinished),
            ("BEGIN:VCALENDAR\u{0}END:VCALENDAR", .noCalendar), ("BEGIN:VCALENDAREND:VCALENDAR", .noCalendar),
        ])
    func others(text: String, refusal: CalendarRefusal) throws {
        #expect(throws: refusal) { try Samples.read(text) }
        let wide = text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
        #expect(throws: CalendarRefusal.noCalendar) {
            try CalendarParser.busyTimes(of: [0xff, 0xfe] + wide, try Samples.question())
        }
    }
}
