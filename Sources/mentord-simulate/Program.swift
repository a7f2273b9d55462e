import ArgumentParser
import Foundation

/// `mentord-simulate`: the rules of sessions between communities under everything that a network and operators can do.
@main
struct Program: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mentord-simulate",
        abstract: "Let three communities live through days of mishaps, and see whether they agree in the end.",
        discussion: """
            The readers, rules and documents of the server, with no database, no network and a clock of their own. \
            Every run comes from a number, its seed, and is the same each time:

              swift build --configuration release --product mentord-simulate
              .build/release/mentord-simulate --seeds 100000
              .build/release/mentord-simulate --first 4711 --seeds 1 --journal

            Ends with status 1 where a promise was broken, and names the seeds.
            """)

    @Option(help: "The first seed.")
    var first: UInt64 = 1

    @Option(help: "How many seeds, from the first on.")
    var seeds: UInt64 = 1000

    @Option(help: "A promise that all three break on purpose: \(Sabotage.allCases.map(\.rawValue).joined(separator: ", ")).")
    var sabotage: Sabotage?

    @Flag(help: "Tell what happened, line by line.")
    var journal = false

    func validate() throws {
        guard seeds >= 1, first.addingReportingOverflow(seeds).overflow == false else {
            throw ValidationError("--first and --seeds must be a range of numbers.")
        }
    }

    func run() async throws {
        let clock = ContinuousClock()
        let began = clock.now
        let report = await Campaign(first: first, count: seeds, sabotage: sabotage, keepsJournal: journal).run()
        report.journal.forEach { print($0) }
        print(report.table(after: clock.now - began))
        if !report.failures.isEmpty { throw ExitCode.failure }
    }
}
