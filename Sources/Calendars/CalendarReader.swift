internal import Foundation
internal import Glibc
internal import Processes

/// Reads calendars in processes of their own, with bounds on time, memory and what they may write, no variables of
/// ours, and no way to more rights.
package struct CalendarReader: Sendable {
    private let program: [String]
    private let limits: CalendarLimits

    /// - Parameter program: the program, and what makes it run ``CalendarProgram``.
    package init(program: [String], limits: CalendarLimits = CalendarLimits()) {
        self.program = program
        self.limits = limits
    }

    /// How many are read at once, callers decide.
    ///
    /// - Throws: ``CalendarRefusal``.
    package func busyTimes(
        of bytes: [UInt8], _ question: CalendarQuestion
    ) async throws(CalendarRefusal) -> BusyTimes {
        guard bytes.count <= CalendarLimits.mostBytes else { throw .tooCostly }
        let result: Result<BusyTimes, CalendarRefusal> = await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(returning: Result { () throws(CalendarRefusal) in try read(bytes, question) })
            }
        }
        return try result.get()
    }

    private func read(_ bytes: [UInt8], _ question: CalendarQuestion) throws(CalendarRefusal) -> BusyTimes {
        let command =
            [
                "timeout", "--signal=KILL", String(limits.seconds * 2), "prlimit", "--cpu=\(limits.seconds)",
                "--as=\(limits.memory)", "--fsize=\(limits.result)", "--nofile=64", "--core=0", "setpriv",
                "--no-new-privs", "--",
            ] + program + CalendarProgram.arguments(question)
        let ended: (status: Int32, output: [UInt8])
        do {
            ended = try ChildProcess.run(command, input: bytes, most: limits.result)
        } catch {
            throw .unavailable
        }
        guard ended.status == 0 else { throw Self.refusal(status: ended.status) }
        return try BusyReport.read(String(decoding: ended.output, as: UTF8.self), within: question.time)
    }

    /// What the end of the program says, by the statuses that `timeout`, `prlimit` and `setpriv` give: 128 and more is
    /// a signal. A `timeout` whose time is over kills itself along with the program.
    private static func refusal(status: Int32) -> CalendarRefusal {
        let signal = status & 0x7f
        return switch signal == 0 ? status >> 8 & 0xff : 128 + signal {
        case 124, 128 + SIGKILL, 128 + SIGXCPU, 128 + SIGXFSZ: .tooCostly
        case 125...127: .unavailable
        default: .unreadable
        }
    }
}
