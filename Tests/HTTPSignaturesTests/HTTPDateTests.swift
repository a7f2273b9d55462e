import FoundationEssentials
import Testing

@testable import HTTPSignatures

@Suite struct HTTPDateTests {
    @Test(
        "both ways",
        arguments: [
            (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
            (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"), (-1, "Wed, 31 Dec 1969 23:59:59 GMT"),
            (1_388_957_500, "Sun, 05 Jan 2014 21:31:40 GMT"),
            (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 GMT"),
            (253_402_300_799, "Fri, 31 Dec 9999 23:59:59 GMT"),
            (-62_135_596_800, "Mon, 01 Jan 0001 00:00:00 GMT"),
        ])
    func agreesBothWays(seconds: Int, text: String) {
        #expect(HTTPDate.text(seconds) == text)
        #expect(HTTPDate.seconds(text.utf8) == seconds)
    }

    @Test func agreesWithFoundationOverACycleOfTheCalendar() {
        for day in stride(from: 0, to: 146_097, by: 13) {
            let seconds = day * 86400 + 45_296
            #expect(HTTPDate.seconds(HTTPDate.text(seconds).utf8) == seconds)
        }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        for day in stride(from: 0, to: 146_097, by: 61) {
            let parts = calendar.dateComponents(
                [.year, .month, .day, .weekday],
                from: Date(timeIntervalSince1970: Double(day * 86400)))
            let text = HTTPDate.text(day * 86400)
            let names = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
            #expect(text.hasPrefix(names[(parts.weekday ?? 0) - 1]))
            #expect(text.split(separator: " ")[1] == (parts.day ?? 0).padded)
            #expect(text.split(separator: " ")[3] == "\(parts.year ?? 0)")
        }
    }

    @Test(arguments: [
        "", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
        "Sun, 6 Nov 1994 08:49:37 GMT", "Sun,  6 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37 UTC", "Sun, 06 Nov 1994 08:49:37 +0000",
        "Sun, 06 nov 1994 08:49:37 GMT", "Xyz, 06 Nov 1994 08:49:37 GMT",
        "Sun, 31 Feb 1994 08:49:37 GMT", "Tue, 29 Feb 2100 00:00:00 GMT",
        "Sun, 00 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:00:00 GMT",
        "Sun, 06 Nov 1994 08:60:37 GMT", "Sun, 06 Nov 1994 08:49:61 GMT",
        "Sun, 06 Nov -994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 GMT ",
        "Sun, 06 Nov 1994 08:49:37 gmt", "Sun, 0６ Nov 1994 08:49:37 GMT",
    ])
    func refusesOtherForms(text: String) {
        #expect(HTTPDate.seconds(text.utf8) == nil)
    }

    @Test func absurdClocksDoNotTrap() {
        #expect(Date(timeIntervalSince1970: .infinity).unixSeconds == 253_402_300_799)
        #expect(Date(timeIntervalSince1970: -.infinity).unixSeconds == -62_135_596_800)
        #expect(Date(timeIntervalSince1970: .nan).unixSeconds == 0)
        #expect(Date(timeIntervalSince1970: 1.9).unixSeconds == 1)
    }
}

extension Int {
    fileprivate var padded: String { self < 10 ? "0\(self)" : "\(self)" }
}
