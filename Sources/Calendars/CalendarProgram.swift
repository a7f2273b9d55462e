internal import Foundation
internal import Glibc
internal import Wire

/// What runs in the process that reads one calendar: it comes on standard input, what it says goes to standard output.
package enum CalendarProgram {
    /// By which the program is told what to do.
    package static let name = "read-calendar"
    static let nobody: uid_t = 65_534

    package static func arguments(_ question: CalendarQuestion) -> [String] {
        [question.zone.name, String(question.time.lowerBound), String(question.time.upperBound)]
    }

    /// - Parameter arguments: as ``arguments(_:)`` gives them.
    package static func run(_ arguments: [String]) -> Int32 {
        guard arguments.count == 3, let zone = TimeZoneName(arguments[0]), let from = Int(arguments[1]),
            let to = Int(arguments[2]), from < to, giveUpRights()
        else { return 2 }
        let question = CalendarQuestion(zone: zone, time: from..<to)
        let input = try? FileHandle.standardInput.read(upToCount: CalendarLimits.mostBytes + 1)
        let bytes = Array(input ?? Data())
        let result = Result { () throws(CalendarRefusal) in try CalendarParser.busyTimes(of: bytes, question) }
        FileHandle.standardOutput.write(Data(BusyReport.text(result).utf8))
        return 0
    }

    /// Root becomes nobody, for good.
    private static func giveUpRights() -> Bool {
        guard geteuid() == 0 else { return true }
        return setgroups(0, nil) == 0 && setgid(nobody) == 0 && setuid(nobody) == 0 && setuid(0) != 0
    }
}
