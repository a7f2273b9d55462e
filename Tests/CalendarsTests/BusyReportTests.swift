import Testing

@testable import Calendars

/// What the process that read a calendar may say.
struct BusyReportTests {
    @Test("What is written is read again")
    func reads() throws {
        let busy = BusyTimes(times: [10..<20, 30..<40], unreadable: 2)
        #expect(try BusyReport.read(BusyReport.text(.success(busy)), within: 0..<100) == busy)
        for refusal in CalendarRefusal.allCases {
            #expect(throws: refusal) { try BusyReport.read(BusyReport.text(.failure(refusal)), within: 0..<100) }
        }
    }

    @Test(
        "Nothing is taken on trust",
        arguments: [
            "", "good", "good 0", "good -1\n", "good 0\n10 20", "good 0\n20 10\n", "good 0\n10 20\n20 30\n",
            "good 0\n10 200\n",
            "good 0\n-1 20\n", "good 0\n1 2 3\n", "good 0\n10 99999999999999999999\n", "refused everything\n",
            "refused page\n1 2\n",
            "good 0\n\n", "bad 0\n",
        ])
    func distrusts(text: String) {
        #expect(throws: CalendarRefusal.unreadable) { try BusyReport.read(text, within: 0..<100) }
    }

    @Test("More times than are kept are too many")
    func tooMany() {
        let busy = BusyTimes(times: (0...CalendarLimits.mostTimes).map { $0 * 2..<$0 * 2 + 1 }, unreadable: 0)
        #expect(throws: CalendarRefusal.tooMany) {
            try BusyReport.read(BusyReport.text(.success(busy)), within: 0..<100_000)
        }
    }
}
