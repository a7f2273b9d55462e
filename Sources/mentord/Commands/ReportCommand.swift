import ArgumentParser
import Foundation
import PostgreSQL
import Social
import Store
import Wire

/// `mentord report list|show|resolve`
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Read what people here and elsewhere reported.",
        subcommands: [List.self, Show.self, Resolve.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List reports, the latest first.")
        @OptionGroup var common: CommonOptions
        @Flag(help: "Also those that are dealt with.") var all = false

        func run() async throws {
            let settings = try await common.load()
            try await Storage.with(settings, role: .guest) { storage in
                let reports = try await storage.pool.reports(openOnly: !all, limit: 200)
                let people = try await storage.pool.actors(ids: Set(reports.flatMap { [$0.target, $0.reporter] }))
                for report in reports {
                    print(
                        [
                            String(report.id), DateTime.format(report.createdAt),
                            report.resolvedAt == nil ? "open" : "resolved",
                            people[report.target].map { "@\($0.handle)" } ?? "?",
                            people[report.reporter].map { "by @\($0.handle)" } ?? "?",
                            String(report.comment.prefix(60)).replacing("\n", with: " "),
                        ].joined(separator: "\t"))
                }
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show a report with the posts as they stood when it was made.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "Its number.") var id: Int64

        func run() async throws {
            let settings = try await common.load()
            try await Storage.with(settings, role: .guest) { storage in
                guard let report = try await storage.pool.report(id) else {
                    throw ValidationError("There is no report \(id). 'mentord report list' shows all.")
                }
                print(report.comment.isEmpty ? "(no comment)" : report.comment)
                for post in report.evidence {
                    print("\n\(post.post)  \(DateTime.format(post.publishedAt))")
                    if !post.warning.isEmpty { print("[\(post.warning)]") }
                    print(post.html)
                }
            }
        }
    }

    struct Resolve: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Mark a report as dealt with.")
        @OptionGroup var common: CommonOptions
        @Argument(help: "Its number.") var id: Int64

        func run() async throws {
            let settings = try await common.load()
            let isDone = try await Storage.with(settings, role: .guest) { try await $0.pool.resolveReport(id) }
            if !isDone { throw ValidationError("There is no open report \(id).") }
        }
    }
}
