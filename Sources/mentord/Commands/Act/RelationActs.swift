import ArgumentParser
import Federation
import Social
import UseCases

struct FollowAct: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "follow", abstract: "Follow somebody.")
    @OptionGroup var options: ActOptions
    @Argument(help: "A handle or an address.") var who: String

    func run() async throws {
        let result = try await options.act { performer in
            let other = try await performer.find(who)
            return try await performer.transaction {
                try await performer.parts.desks.relations.follow(other, by: performer.person, in: $0)
            }
        }
        print(result)
    }
}

struct UnfollowAct: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "unfollow", abstract: "Follow somebody no longer.")
    @OptionGroup var options: ActOptions
    @Argument(help: "A handle or an address.") var who: String

    func run() async throws {
        try await options.act { performer in
            let other = try await performer.find(who)
            try await performer.transaction {
                try await performer.parts.desks.relations.unfollow(other, by: performer.person, in: $0)
            }
        }
    }
}

struct AcceptFollowAct: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accept-follow", abstract: "Let somebody follow who asked.")
    @OptionGroup var options: ActOptions
    @Argument(help: "A handle or an address.") var who: String

    func run() async throws {
        try await options.act { performer in
            let other = try await performer.find(who)
            let asked = try await performer.transaction {
                try await performer.parts.desks.relations.accept(other, by: performer.person, in: $0)
            }
            if !asked { throw ValidationError("@\(other.handle) did not ask.") }
        }
    }
}

struct RejectFollowAct: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reject-follow", abstract: "Do not let somebody follow, or no longer.",
        aliases: ["remove-follower"])
    @OptionGroup var options: ActOptions
    @Argument(help: "A handle or an address.") var who: String

    func run() async throws {
        try await options.act { performer in
            let other = try await performer.find(who)
            let followed = try await performer.transaction {
                try await performer.parts.desks.relations.reject(other, by: performer.person, in: $0)
            }
            if !followed { throw ValidationError("@\(other.handle) neither follows nor asked.") }
        }
    }
}

struct BlockAct: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "block", abstract: "Have nothing to do with somebody.")
    @OptionGroup var options: ActOptions
    @Argument(help: "A handle or an address.") var who: String

    func run() async throws {
        try await options.act { performer in
            let other = try await performer.find(who)
            try await performer.transaction {
                try await performer.parts.desks.relations.block(other, by: performer.person, in: $0)
            }
        }
    }
}

struct UnblockAct: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "unblock", abstract: "End a block.")
    @OptionGroup var options: ActOptions
    @Argument(help: "A handle or an address.") var who: String

    func run() async throws {
        try await options.act { performer in
            let other = try await performer.find(who)
            try await performer.transaction {
                try await performer.parts.desks.relations.unblock(other, by: performer.person, in: $0)
            }
        }
    }
}
