import ArgumentParser
import Foundation
import JSONTree
import Jobs
import PostgreSQL
import Store
import Wire

/// `mentord queue list|show|hosts|retry|drop`: what waits to be sent, and how other servers do.
struct QueueCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "queue", abstract: "Look after what waits to be done: deliveries, retries, dead letters.",
        subcommands: [List.self, Show.self, Hosts.self, Retry.self, Drop.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List what waits, or what was given up.",
            discussion: """
                EXAMPLES
                  mentord queue list --host mentors.example
                  mentord queue list --dead --limit 200 --json
                """)

        @OptionGroup var common: CommonOptions
        @Flag(help: "Dead letters, the last first. They are kept for 30 days.") var dead = false
        @Option(help: "Only what goes to this host (with the port, if it is not the usual one).") var host: String?
        @Option(help: "At most so many.") var limit = 50
        @Flag(help: "One JSON object a line.") var json = false

        func run() async throws {
            let settings = try await common.load()
            let jobs = try await Storage.with(settings, role: .guest) { storage in
                try await JobQueue().jobs(dead: dead, lane: host, limit: max(limit, 0), on: storage.pool)
            }
            let lines =
                json
                ? jobs.map { QueueReport.json($0).serializedText() } : QueueReport.table(of: jobs, now: Date())
            for line in lines { print(line) }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show one job, with what was answered to each attempt.")

        @OptionGroup var common: CommonOptions
        @Argument(help: "Its number, as 'queue list' shows it.") var id: Int64
        @Flag(help: "As a JSON object.") var json = false

        func run() async throws {
            let settings = try await common.load()
            let job = try await Storage.with(settings, role: .guest) { try await JobQueue().job(id, on: $0.pool) }
            guard let job else { throw ValidationError("There is no job \(id): it is done, or was dropped.") }
            for line in json ? [QueueReport.json(job).serializedText()] : QueueReport.lines(of: job) { print(line) }
        }
    }

    struct Hosts: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show how other servers do: failures, closures, what waits for them.")

        @OptionGroup var common: CommonOptions
        @Argument(help: "Only this host.") var host: String?
        @Option(help: "At most so many.") var limit = 50
        @Flag(help: "One JSON object a line.") var json = false

        func run() async throws {
            let settings = try await common.load()
            let hosts = try await Storage.with(settings, role: .guest) { storage in
                try await storage.pool.hosts(host, limit: max(limit, 0))
            }
            let lines =
                json ? hosts.map { QueueReport.json($0).serializedText() } : QueueReport.table(of: hosts, now: Date())
            for line in lines { print(line) }
        }
    }

    struct Retry: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Try again now, dead letters as if they had never been tried.",
            discussion: """
                EXAMPLES
                  mentord queue retry 115382749362749
                  mentord queue retry --host mentors.example
                  mentord queue retry --all-dead
                """)

        @OptionGroup var common: CommonOptions
        @Argument(help: "The number of a job.") var id: Int64?
        @Option(help: "All that goes to this host, which is tried at once even if it is closed.") var host: String?
        @Flag(help: "All dead letters.") var allDead = false

        func run() async throws {
            let selection = try QueueCommand.selection(id: id, host: host, allDead: allDead)
            let settings = try await common.load()
            let count = try await Storage.with(settings, role: .guest) { storage in
                if let host { try await storage.pool.openHost(host) }
                return try await JobQueue().retry(selection, on: storage.pool)
            }
            print("\(count) to be tried again.")
        }
    }

    struct Drop: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Remove jobs for good, dead or waiting.")

        @OptionGroup var common: CommonOptions
        @Argument(help: "The number of a job.") var id: Int64?
        @Option(help: "All that goes to this host.") var host: String?

        func run() async throws {
            let selection = try QueueCommand.selection(id: id, host: host, allDead: false)
            let settings = try await common.load()
            let count = try await Storage.with(settings, role: .guest) { storage in
                try await JobQueue().drop(selection, on: storage.pool)
            }
            print("\(count) dropped.")
        }
    }

    private static func selection(id: Int64?, host: String?, allDead: Bool) throws -> JobSelection {
        switch (id, host, allDead) {
        case (let id?, nil, false): .one(id)
        case (nil, let host?, false): .lane(host)
        case (nil, nil, true): .allDead
        default: throw ValidationError("Name one of these: a number, --host, --all-dead.")
        }
    }
}
