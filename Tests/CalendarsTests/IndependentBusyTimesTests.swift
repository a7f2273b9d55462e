import CorpusTesting
import Foundation
import Testing
import Wire

@testable import Calendars

struct IndependentBusyTimesTests {
    @Test("Rows of events over clock changes in every sort of zone are read as other libraries read them")
    func agrees() throws {
        let cases: [BusyTimeCase] = try IndependentCases.printed(by: "busy_time_cases.py")
        // Python with its libraries is there, see Tests/requirements.txt.
        try #require(cases.count > 700)
        #expect(cases.filter { !$0.times.isEmpty }.count > 500)
        for given in cases {
            let zone = try #require(TimeZoneName(given.zone))
            let question = CalendarQuestion(zone: zone, time: given.from..<given.to)
            let found = try CalendarParser.busyTimes(of: Array(given.calendar.utf8), question)
            guard found.unreadable == 0, found.times.map({ [$0.lowerBound, $0.upperBound] }) == given.times else {
                let wrong = zip(found.times.map { [$0.lowerBound, $0.upperBound] }, given.times).first { $0 != $1 }
                Issue.record(
                    "\(found.times.count) of \(given.times.count), first \(String(describing: wrong)): \(given)")
                return
            }
        }
    }
}
