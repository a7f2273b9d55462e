import Foundation
import Testing
import Wire

@Suite struct HTTPDateTests {
    @Test(
        "both ways",
        arguments: [
            (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
            (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"), (-1, "Wed, 31 Dec 1969 23:59:59 GMT"),
            (1_388_957_500, "Sun, 05 Jan 2014 21:31:40 GMT"), (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 GMT"),
            (253_402_300_799, "Fri, 31 Dec 9999 23:59:59 GMT"), (-62_135_596_800, "Mon, 01 Jan 0001 00:00:00 GMT"),
        ])
    func agreesBothWays(seconds: Double, text: String) {
        let date = Date(timeIntervalSince1970: seconds)
        #expect(HTTPDate.format(date) == text)
        #expect(HTTPDate.parse(text.utf8) == date)
    }

    @Test func agreesWithFoundationOverACycleOfTheCalendar() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        for day in stride(from: 0, to: 146_097, by: 31) {
            let date = Date(timeIntervalSince1970: Double(day * 86_400 + 45_296))
            let text = HTTPDate.format(date)
            #expect(HTTPDate.parse(text.utf8) == date)
            let parts = calendar.dateComponents([.year, .month, .day, .weekday], from: date)
            let words = text.split(separator: " ")
            #expect(words[0] == weekdays[try #require(parts.weekday) - 1] + ",")
            #expect(Int(words[1]) == parts.day)
            #expect(Int(words[3]) == parts.year)
            #expect(DateTime.format(date).dropFirst(5).prefix(2) == (parts.month.map { $0 < 10 ? "0\($0)" : "\($0)" }) ?? "")
        }
    }

    @Test(
        "reads nothing else",
        arguments: [
            "", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "Sun, 6 Nov 1994 08:49:37 GMT",
            "Sun,  6 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 UTC", "Sun, 06 Nov 1994 08:49:37 +0000",
            "Sun, 06 nov 1994 08:49:37 GMT", "Xyz, 06 Nov 1994 08:49:37 GMT", "Sun, 31 Feb 1994 08:49:37 GMT",
            "Tue, 29 Feb 2100 00:00:00 GMT", "Sun, 00 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:00:00 GMT",
            "Sun, 06 Nov 1994 08:60:37 GMT", "Sun, 06 Nov 1994 08:49:61 GMT", "Sun, 06 Nov -994 08:49:37 GMT",
            "Sun, 06 Nov 0000 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 GMT ", "Sun, 06 Nov 1994 08:49:37 gmt",
            "Sun, 06 Nov 1994 08:49:37\u{A0}GMT", "Sun, 0６ Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37.5 GMT",
            "1994-11-06T08:49:37Z",
        ])
    func refusesOtherForms(text: String) {
        #expect(HTTPDate.parse(text.utf8) == nil)
    }

    @Test func leapSecondIsTheSecondBefore() {
        #expect(HTTPDate.parse("Sat, 31 Dec 2016 23:59:60 GMT".utf8) == Date(timeIntervalSince1970: 1_483_228_799))
    }

    @Test func absurdClocksDoNotTrap() {
        #expect(HTTPDate.format(Date(timeIntervalSince1970: .infinity)) == "Fri, 31 Dec 9999 23:59:59 GMT")
        #expect(HTTPDate.format(Date(timeIntervalSince1970: -.infinity)) == "Mon, 01 Jan 0001 00:00:00 GMT")
        #expect(HTTPDate.format(Date(timeIntervalSince1970: .nan)) == "Thu, 01 Jan 1970 00:00:00 GMT")
        #expect(HTTPDate.format(Date(timeIntervalSince1970: 1.9)) == "Thu, 01 Jan 1970 00:00:01 GMT")
    }
}
