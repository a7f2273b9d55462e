import Testing
import Wire

@testable import Mentoring

struct CalendarDraftTests {
    @Test(
        "An address is https, as it is or as programs call it",
        arguments: [
            ("https://calendar.example/a.ics?key=1", "https://calendar.example/a.ics?key=1"),
            (" webcal://calendar.example/a.ics ", "https://calendar.example/a.ics"),
            ("WEBCAL://calendar.example/a.ics", "https://calendar.example/a.ics"),
            ("webcals://calendar.example/a.ics#today", "https://calendar.example/a.ics"),
            ("http://localhost:8080/a.ics", "http://localhost:8080/a.ics"),
        ])
    func addresses(given: String, taken: String) throws {
        #expect(try CalendarDraft(name: "Work", address: given).checked().address.string == taken)
    }

    @Test(
        "Anything else is none",
        arguments: [
            "", "a.ics", "http://calendar.example/a.ics", "ftp://calendar.example/a.ics", "https://",
            "file:///etc/passwd",
            "https://me:secret@calendar.example/a.ics", "https://calendar.example/\u{1}", "webcal:calendar.example",
            "javascript:alert(1)", "https://calendar.example/" + String(repeating: "a", count: 2048),
        ])
    func noAddresses(given: String) {
        #expect(fields { try CalendarDraft(name: "Work", address: given).checked() } == ["address"])
    }

    @Test("A name is one line with something in it", arguments: ["", " ", "a\nb", String(repeating: "x", count: 101)])
    func names(given: String) {
        #expect(fields { try CalendarDraft(name: given, address: "https://a.example/").checked() } == ["name"])
    }
}
