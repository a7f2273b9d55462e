import ArgumentParser
import Foundation
import JSONTree
import PostgreSQL
import Social
import Store
import UseCases
import Wire

/// `mentord domain block|limit|allow|remove|list`
struct DomainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "domain", abstract: "Decide with which other servers this community has to do.",
        discussion: """
            A rule covers its domain, every name below it and every port; of several the one about the longest name \
            holds. It takes effect in all running servers within two seconds.

            EXAMPLES
              mentord domain block spam.example --reason "mention spam" --dry-run
              mentord domain limit loud.example
              mentord domain allow school.example
              mentord domain list --json
            """,
        subcommands: [Block.self, Limit.self, Allow.self, Remove.self, List.self])

    /// What the three decisions share.
    struct Decision: ParsableArguments {
        @OptionGroup var common: CommonOptions
        @Argument(help: "The domain, such as spam.example.") var domain: String
        @Option(help: "Why, for the people who look after this community; others do not see it.") var reason = ""
        @Option(help: "Who decides; by default the name of the user who runs the command.")
        var author = ProcessInfo.processInfo.userName
        @Flag(help: "Say what would happen, and do nothing.") var dryRun = false

        func decide(_ kind: DomainRule.Kind) async throws {
            let settings = try await common.load()
            let draft = DomainDecisionDraft(domain: domain, kind: kind, reason: reason, author: author)
            try await Storage.with(settings, role: .guest) { storage in
                let decide = DecideDomain(database: storage.pool, community: settings.community)
                let effects = dryRun ? try await decide.preview(draft) : try await decide(draft, now: Date())
                print(DomainReport(domain: domain, kind: kind, effects: effects, isPreview: dryRun))
            }
        }
    }

    struct Block: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Have nothing to do with a domain.",
            discussion: """
                Nothing comes in from it and nothing is fetched from or sent to it. Follows in both directions end and \
                what waits to be delivered there is dropped; their server is not told. Open sessions stay for both \
                sides to read, but nothing about them travels. What is known of the domain stays in the database, \
                shown no more.
                """)

        @OptionGroup var decision: Decision

        func run() async throws { try await decision.decide(.block) }
    }

    struct Limit: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show of a domain only what people here asked for.",
            discussion: """
                Its people can be followed, written to and answered. What they do unasked is in no notification and no \
                public list, and their follows wait for the followed person's yes.
                """)

        @OptionGroup var decision: Decision

        func run() async throws { try await decision.decide(.limit) }
    }

    struct Allow: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let a domain in: with federation.mode=allowlist, or below a blocked or limited one.")

        @OptionGroup var decision: Decision

        func run() async throws { try await decision.decide(.allow) }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lift the rule about a domain. Nothing that it ended comes back.")

        @OptionGroup var common: CommonOptions
        @Argument(help: "The domain.") var domain: String

        func run() async throws {
            let settings = try await common.load()
            let rule = try await Storage.with(settings, role: .guest) { storage in
                try await DecideDomain(database: storage.pool, community: settings.community).remove(domain)
            }
            guard let rule else {
                throw ValidationError("There is no rule about '\(domain)'. 'mentord domain list' shows all.")
            }
            print("Lifted the \(rule.kind.rawValue) of \(rule.domain).")
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List all rules, and the domains that wait to be let in.")

        @OptionGroup var common: CommonOptions
        @Flag(help: "Print one JSON object a line, for programs.") var json = false

        func run() async throws {
            let settings = try await common.load()
            let (rules, requests) = try await Storage.with(settings, role: .guest) { storage in
                (try await storage.pool.domainRules(), try await storage.pool.domainRequests())
            }
            for rule in rules { print(json ? rule.line : rule.columns) }
            for request in requests { print(json ? request.line : request.columns) }
        }
    }
}

extension DomainRule {
    fileprivate var columns: String {
        "\(domain)\t\(kind.rawValue)\t\(DateTime.format(createdAt))\t\(author)\t\(reason)"
    }

    fileprivate var line: String {
        let object: JSON = [
            "domain": .string(domain.description), "kind": .string(kind.rawValue), "reason": .string(reason),
            "author": .string(author), "created_at": .string(DateTime.format(createdAt)),
        ]
        return object.serializedText()
    }
}

extension DomainRequest {
    fileprivate var columns: String {
        "\(domain)\twaits\t\(DateTime.format(lastSeen))\t\(attempts) requests since \(DateTime.format(firstSeen))"
    }

    fileprivate var line: String {
        let object: JSON = [
            "domain": .string(domain.description), "kind": "waits", "attempts": .int(attempts),
            "first_seen": .string(DateTime.format(firstSeen)), "last_seen": .string(DateTime.format(lastSeen)),
        ]
        return object.serializedText()
    }
}
