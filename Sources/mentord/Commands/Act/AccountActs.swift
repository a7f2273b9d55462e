import ArgumentParser
import Federation
import Foundation
import Social
import Store
import UseCases
import Wire

struct ProfileAct: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "profile", abstract: "Change the own profile.")
    @OptionGroup var options: ActOptions
    @Option(help: "The name that others see.") var name: String?
    @Option(help: "A text about oneself.") var summary: String?
    @Option(help: "Whether followers have to ask: yes or no.") var locked: YesNo?
    @Option(help: "Whether to be found and to show followers: yes or no.") var discoverable: YesNo?
    @Option(help: "A row of the profile's table, as name=value. Can be repeated; replaces all rows.")
    var field: [String] = []

    enum YesNo: String, ExpressibleByArgument, CaseIterable { case yes, no }

    func run() async throws {
        try await options.act { performer in
            var change = ProfileChange()
            change.name = name
            change.summary = summary
            change.isLocked = locked.map { $0 == .yes }
            change.isDiscoverable = discoverable.map { $0 == .yes }
            if !field.isEmpty {
                change.fields = field.map { row in
                    let parts = row.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                    return ProfileField(name: String(parts[0]), value: parts.count == 2 ? String(parts[1]) : "")
                }
            }
            try await performer.transaction { [change] in
                try await performer.parts.desks.profiles.change(change, of: performer.person, in: $0)
            }
        }
    }
}

struct AliasAct: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alias", abstract: "Say that other accounts are the same person's, so that they can move here.")
    @OptionGroup var options: ActOptions
    @Argument(help: "Handles or addresses; none removes all.") var others: [String] = []

    func run() async throws {
        try await options.act { performer in
            var change = ProfileChange()
            var aliases: [URI] = []
            for other in others { aliases.append(try await performer.find(other).uri) }
            change.aliases = aliases
            try await performer.transaction { [change] in
                try await performer.parts.desks.profiles.change(change, of: performer.person, in: $0)
            }
        }
    }
}

struct MoveAct: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "move", abstract: "Send the followers to another account, which names this one as an alias.")
    @OptionGroup var options: ActOptions
    @Argument(help: "A handle or an address.") var target: String

    func run() async throws {
        try await options.act { performer in
            var target = try await performer.find(target)
            if !target.isLocal {
                target = try await performer.parts.remoteActors.refresh(target.uri, on: performer.parts.database)
            }
            try await performer.transaction { [target] transaction in
                let aliases = try await transaction.actorProfile(of: target.id).aliases
                try await performer.parts.desks.profiles.move(
                    performer.person, to: target, aliases: aliases, now: DateTime.cutToMilliseconds(Date()),
                    in: transaction)
            }
        }
    }
}

struct LeaveAct: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete-account", abstract: "Delete the own account for good, here and elsewhere.")
    @OptionGroup var options: ActOptions

    func run() async throws {
        try await options.act { performer in
            try await performer.transaction {
                try await performer.parts.desks.deleteAccount(
                    performer.person, now: DateTime.cutToMilliseconds(Date()), in: $0)
            }
        }
    }
}

struct ReportAct: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Report somebody to the moderators.")
    @OptionGroup var options: ActOptions
    @Argument(help: "A handle or an address.") var who: String
    @Option(name: .customLong("post"), help: "The address of a post of theirs. Can be repeated.") var posts: [String] =
        []
    @Option(help: "What is wrong.") var comment = ""
    @Flag(help: "Tell the moderators of their own server, too.") var forward = false

    func run() async throws {
        try await options.act { performer in
            let other = try await performer.find(who)
            try await performer.transaction { transaction in
                var ids: [PostID] = []
                for post in posts { ids.append(try await performer.post(post, in: transaction).id) }
                try await performer.parts.desks.reports.report(
                    other, by: performer.person, posts: ids, comment: comment, isForwarded: forward, in: transaction)
            }
        }
    }
}
