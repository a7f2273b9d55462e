import Foundation
import TestSupport
import Testing

@testable import Calendars

/// The process of its own in which calendars are read.
struct CalendarReaderTests {
    private static let calendar = Samples.calendar("UID:1\nDTSTART:20260302T100000Z\nDURATION:PT1H")

    private func read(
        _ text: String, with program: [String], _ change: (inout CalendarLimits) -> Void = { _ in }
    ) async throws -> BusyTimes {
        var limits = CalendarLimits()
        change(&limits)
        let reader = CalendarReader(program: program, limits: limits)
        return try await reader.busyTimes(of: Array(text.utf8), try Samples.question())
    }

    private func own() throws -> [String] { [try builtProgram("mentord"), CalendarProgram.name] }

    /// What a shell does in place of the program.
    private func shell(_ script: String) -> [String] { ["sh", "-c", script] }

    @Test("The program reads what the parser reads, and refuses what it refuses")
    func reads() async throws {
        #expect(try await read(Self.calendar, with: try own()) == (try Samples.read(Self.calendar)))
        let refusal = await #expect(throws: CalendarRefusal.self) { try await read("<html>", with: try own()) }
        #expect(refusal == .page)
    }

    @Test("A rule that is searched for longer than a calendar may take costs its process, and no more")
    func endless() async throws {
        let text = Samples.calendar("UID:1\nDTSTART:20260101T000000Z\nRRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30")
        let refusal = await #expect(throws: CalendarRefusal.self) {
            try await read(text, with: try own()) { $0.seconds = 1 }
        }
        #expect(refusal == .tooCostly)
        #expect(try await read(Self.calendar, with: try own()).times.count == 1)
    }

    @Test(
        "A parser that breaks, hangs or says what it should not is told from a calendar",
        arguments: [
            ("kill -SEGV $$", CalendarRefusal.unreadable), ("exit 3", .unreadable), ("echo good", .unreadable),
            ("sleep 60", .tooCostly), ("while :; do :; done", .tooCostly), ("yes", .tooCostly),
            ("exec /nonexistent/program", .unavailable), ("kill -KILL $$", .tooCostly),
        ])
    func breaks(script: String, refusal: CalendarRefusal) async throws {
        let found = await #expect(throws: CalendarRefusal.self) {
            try await read(Self.calendar, with: shell(script)) { $0.seconds = 1 }
        }
        #expect(found == refusal, "\(script)")
    }

    @Test("It finds nothing of ours: no variables, no open files, no way to more rights")
    func finds() async throws {
        setenv("MENTORD_SECRET", "s3cret", 1)
        // Standard output is a file, so that what the shell says of itself comes as a report that is not believed.
        let script = """
            test -z "$MENTORD_SECRET" || exit 4
            for file in /proc/self/fd/*; do case $file in */0|*/1|*/2|*/3|*/10|*/255) ;; *) exit 5;; esac; done
            grep -q 'NoNewPrivs:.*1' /proc/self/status || exit 6
            echo good 0
            """
        #expect(try await read(Self.calendar, with: shell(script)).times.isEmpty)
    }

    @Test("What is larger than a calendar may be is not looked at")
    func large() async throws {
        let text = String(repeating: " ", count: CalendarLimits.mostBytes + 1)
        let refusal = await #expect(throws: CalendarRefusal.self) { try await read(text, with: shell("echo good 0")) }
        #expect(refusal == .tooCostly)
    }

    @Test("The largest calendar that is taken is read in its bounds")
    func largest() async throws {
        let events = (0..<40_000).map { number in
            let day = number % 28 + 1
            return
                "UID:\(number)\nDTSTART:202603\(day < 10 ? "0" : "")\(day)T100000Z\nDURATION:PT1H\nSUMMARY:Something of length"
        }
        let text = "BEGIN:VCALENDAR\n" + events.map { "BEGIN:VEVENT\n\($0)\nEND:VEVENT\n" }.joined() + "END:VCALENDAR\n"
        try #require((3 << 20..<CalendarLimits.mostBytes).contains(text.utf8.count))
        #expect(try await read(text, with: try own()).times.count == 28)
    }
}
