import ArgumentParser
import Federation
import Foundation
import PostgreSQL
import Social
import UseCases
import Wire

/// What is done with one post, which its address names.
protocol ReactionAct: AsyncParsableCommand {
    var options: ActOptions { get }
    var address: String { get }
    func react(_ desk: ReactionDesk, _ post: PostID, _ person: Actor, in transaction: Transaction) async throws
}

extension ReactionAct {
    func run() async throws {
        try await options.act { performer in
            try await performer.transaction {
                let post = try await performer.post(address, in: $0)
                try await react(performer.parts.desks.reactions, post.id, performer.person, in: $0)
            }
        }
    }
}

struct LikeAct: ReactionAct {
    static let configuration = CommandConfiguration(commandName: "like", abstract: "Like a post.")
    @OptionGroup var options: ActOptions
    @Argument(help: "Its address.") var address: String

    func react(_ desk: ReactionDesk, _ post: PostID, _ person: Actor, in transaction: Transaction) async throws {
        try await desk.like(post, by: person, in: transaction)
    }
}

struct UnlikeAct: ReactionAct {
    static let configuration = CommandConfiguration(commandName: "unlike", abstract: "Like a post no longer.")
    @OptionGroup var options: ActOptions
    @Argument(help: "Its address.") var address: String

    func react(_ desk: ReactionDesk, _ post: PostID, _ person: Actor, in transaction: Transaction) async throws {
        try await desk.unlike(post, by: person, in: transaction)
    }
}

struct BoostAct: ReactionAct {
    static let configuration = CommandConfiguration(commandName: "boost", abstract: "Pass a post on to followers.")
    @OptionGroup var options: ActOptions
    @Argument(help: "Its address.") var address: String

    func react(_ desk: ReactionDesk, _ post: PostID, _ person: Actor, in transaction: Transaction) async throws {
        try await desk.boost(post, by: person, in: transaction)
    }
}

struct UnboostAct: ReactionAct {
    static let configuration = CommandConfiguration(commandName: "unboost", abstract: "Take a boost back.")
    @OptionGroup var options: ActOptions
    @Argument(help: "The address of the post.") var address: String

    func react(_ desk: ReactionDesk, _ post: PostID, _ person: Actor, in transaction: Transaction) async throws {
        try await desk.unboost(post, by: person, in: transaction)
    }
}

struct VoteAct: ReactionAct {
    static let configuration = CommandConfiguration(commandName: "vote", abstract: "Vote in a poll.")
    @OptionGroup var options: ActOptions
    @Argument(help: "Its address.") var address: String
    @Argument(help: "The positions of the choices, from 0, separated by commas.") var choices: String

    func react(_ desk: ReactionDesk, _ post: PostID, _ person: Actor, in transaction: Transaction) async throws {
        let numbers = choices.split(separator: ",").map { Int($0) }
        guard !numbers.contains(nil) else { throw ValidationError("'\(choices)' is no list of numbers.") }
        try await desk.vote(
            Set(numbers.compactMap(\.self)), in: post, by: person, now: DateTime.cutToMilliseconds(Date()),
            in: transaction)
    }
}

struct PinAct: ReactionAct {
    static let configuration = CommandConfiguration(commandName: "pin", abstract: "Show a post first.")
    @OptionGroup var options: ActOptions
    @Argument(help: "Its address.") var address: String

    func react(_ desk: ReactionDesk, _ post: PostID, _ person: Actor, in transaction: Transaction) async throws {
        try await desk.pin(post, by: person, in: transaction)
    }
}

struct UnpinAct: ReactionAct {
    static let configuration = CommandConfiguration(commandName: "unpin", abstract: "Show a post first no longer.")
    @OptionGroup var options: ActOptions
    @Argument(help: "Its address.") var address: String

    func react(_ desk: ReactionDesk, _ post: PostID, _ person: Actor, in transaction: Transaction) async throws {
        try await desk.unpin(post, by: person, in: transaction)
    }
}
