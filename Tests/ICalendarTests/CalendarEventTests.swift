import Foundation
import ICalendar
import Testing
import Wire

struct CalendarEventTests {
    /// One character that is longer than a line.
    private static let tower = "e" + String(repeating: "\u{301}", count: 60)

    private func event(summary: String = "SQL", description: String = "Peer support") throws -> CalendarEvent {
        CalendarEvent(
            identifier: "https://a.example/sessions/1", revision: 2, status: .confirmed,
            start: try #require(DateTime.parse("2027-03-28T02:30:00+01:00")),
            end: try #require(DateTime.parse("2027-03-28T03:15:00+01:00")),
            createdAt: try #require(DateTime.parse("2026-09-01T09:00:00.123Z")),
            changedAt: try #require(DateTime.parse("2026-09-02T09:00:00.999Z")), summary: summary,
            description: description, location: "online", page: try #require(URI("https://a.example/sessions/1")))
    }

    /// The lines with their folds taken back (RFC 5545 section 3.1).
    private func unfolded(_ text: String) -> [String] {
        let octets = Array(text.utf8).replacing(Array("\r\n ".utf8), with: [])
        return String(decoding: octets, as: UTF8.self).split(separator: "\r\n").map(String.init)
    }

    @Test("An event is told by instants in UTC, without parts of seconds")
    func lines() throws {
        #expect(
            try event().text.split(separator: "\r\n") == [
                "BEGIN:VEVENT", "UID:https://a.example/sessions/1", "SEQUENCE:2", "DTSTAMP:20260902T090000Z",
                "CREATED:20260901T090000Z", "LAST-MODIFIED:20260902T090000Z", "DTSTART:20270328T013000Z",
                "DTEND:20270328T021500Z", "STATUS:CONFIRMED", "TRANSP:OPAQUE", "CLASS:PRIVATE", "SUMMARY:SQL",
                "DESCRIPTION:Peer support", "LOCATION:online", "URL:https://a.example/sessions/1", "END:VEVENT",
            ])
    }

    @Test("What is cancelled takes no time", arguments: CalendarEvent.Status.allCases)
    func transparency(status: CalendarEvent.Status) throws {
        var event = try event()
        event.status = status
        #expect(event.text.contains("TRANSP:\(status == .cancelled ? "TRANSPARENT" : "OPAQUE")\r\n"))
        #expect(event.text.contains("STATUS:\(status.rawValue)\r\n"))
    }

    @Test(
        "Words begin no line and no value of their own",
        arguments: [
            ("a\nEND:VEVENT", "a\\nEND:VEVENT"), ("a\r\nb", "a\\nb"), ("a\rb", "a\\nb"), ("a;b,c\\d", "a\\;b\\,c\\\\d"),
            ("a\u{2028}b\u{85}c", "a\\nb\\nc"), ("bell\u{7} nul\u{0}", "bell nul"), ("tab\there", "tab\there"),
        ])
    func escaping(text: String, expected: String) throws {
        #expect(unfolded(try event(summary: text).text).contains("SUMMARY:\(expected)"))
    }

    @Test("No line is longer than 75 octets, and no character is cut", arguments: ["a", "é", "漢", "👩🏽‍🔧", "\\", "\n", Self.tower])
    func folding(unit: String) throws {
        for count in [60, 65, 66, 67, 68, 70, 75, 200, 1000] {
            let text = try event(summary: String(repeating: unit, count: count)).text
            let lines = text.utf8.split(separator: UInt8(ascii: "\n"))
            #expect(lines.allSatisfy { $0.count <= 76 && $0.last == UInt8(ascii: "\r") })
            #expect(lines.allSatisfy { String(validating: $0, as: UTF8.self) != nil })
            let escaped = ["\\": "\\\\", "\n": "\\n"][unit] ?? unit
            #expect(unfolded(text).contains("SUMMARY:" + String(repeating: escaped, count: count)))
        }
    }

    @Test("A file begins and ends as RFC 5545 wants it")
    func file() {
        #expect(CalendarFile.beginning.hasPrefix("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:"))
        #expect(CalendarFile.end == "END:VCALENDAR\r\n")
    }
}
