import ArgumentParser
import Calendars

/// `mentord read-calendar`: what the server starts beside itself to read a calendar in.
struct ReadCalendar: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: CalendarProgram.name, abstract: "Read a calendar from standard input.", shouldDisplay: false)

    @Argument(parsing: .allUnrecognized) var question: [String] = []

    func run() throws { throw ExitCode(CalendarProgram.run(question)) }
}
