import ArgumentParser
import JSONTree
import Logging

/// `mentord-bench`: one server with a world of peers around it, all on loopback, and what it does there.
@main
struct Program: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mentord-bench",
        abstract: "Measure what mentord does on this machine.",
        discussion: """
            Starts a mentord of its own with its private PostgreSQL cluster below the temporary folder, surrounds it \
            with 300 peers, and prints a table and a line of JSON. Build both programs with optimisation:

              swift build --configuration release --product mentord
              swift build --configuration release --product mentord-bench
              .build/release/mentord-bench --quick

            Ends with status 0 whatever the figures are; with another one where something broke.
            """)

    @Flag(help: "Less of everything: two minutes instead of ten.")
    var quick = false

    @Option(help: "The program to measure. Without it, the mentord beside this program.")
    var mentord: String?

    @Option(help: "One part alone: inbox, delivery, reading, memory or start.")
    var only: Part?

    func run() async throws {
        LoggingSystem.bootstrap { _ in SwiftLogNoOpLogHandler() }
        let workshop = try Workshop()
        defer { workshop.remove() }
        let report = try await Bench(
            workshop: workshop, program: mentord ?? Self.neighbour, scale: quick ? .quick : .full, part: only
        ).run()
        print(report.table)
        print(report.json.serializedText())
    }

    /// The `mentord` that was built beside this program.
    private static var neighbour: String {
        CommandLine.executable.split(separator: "/").dropLast().map { "/\($0)" }.joined() + "/mentord"
    }
}

/// What can be measured alone.
enum Part: String, CaseIterable, ExpressibleByArgument {
    case inbox, delivery, reading, memory, start
}

/// How much is done in one run.
struct Scale {
    /// Activities that are sent while the clock runs.
    var activities: Int
    /// Posts that are published at once, and one after the other.
    var posts: Int
    var calmPosts: Int
    /// Followers whose list is expanded, and the hosts that they are on.
    var crowd: Int
    var crowdHosts: Int
    /// Activities after which memory is read again.
    var memoryActivities: Int
    /// Posts in the database while somebody reads.
    var libraryPosts: Int

    static let full = Scale(
        activities: 20_000, posts: 50, calmPosts: 10, crowd: 100_000, crowdHosts: 5_000, memoryActivities: 100_000,
        libraryPosts: 1_000_000)
    static let quick = Scale(
        activities: 5_000, posts: 10, calmPosts: 3, crowd: 100_000, crowdHosts: 1_000, memoryActivities: 10_000,
        libraryPosts: 100_000)
}
