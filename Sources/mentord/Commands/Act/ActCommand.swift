import ArgumentParser
import Federation
import Foundation
import Outbound
import PostgreSQL
import Social
import Store
import UseCases
import Wire

/// `mentord act …`: does for a person of the community what a client would do.
struct ActCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "act",
        abstract: "Follow, post, vote … in the name of a person: to try a server out without a client.",
        discussion: """
            EXAMPLES
              mentord act follow noor@barrio.example --as mika
              mentord act post "Good morning, @noor@barrio.example" --visibility unlisted --as mika
              mentord act show notifications --as mika
            """,
        subcommands: [
            FollowAct.self, UnfollowAct.self, AcceptFollowAct.self, RejectFollowAct.self, BlockAct.self,
            UnblockAct.self, PostAct.self, EditAct.self, DeleteAct.self, LikeAct.self, UnlikeAct.self, BoostAct.self,
            UnboostAct.self, VoteAct.self, PinAct.self, UnpinAct.self, ReportAct.self, ProfileAct.self, AliasAct.self,
            MoveAct.self, LeaveAct.self, ShowAct.self,
        ])
}

/// Who acts, and where.
struct ActOptions: ParsableArguments {
    @OptionGroup var common: CommonOptions
    @Option(name: .customLong("as"), help: "The username of who acts.") var username: String

    /// Runs `body` for the person, in the database of the running server.
    func act<Success: Sendable>(_ body: (Performer) async throws -> Success) async throws -> Success {
        let settings = try await common.load()
        return try await Storage.with(settings, role: .guest) { storage in
            let parts = try await Parts(settings, storage.pool)
            let result: Result<Success, any Error>
            do {
                guard let name = Username(username), let account = try await storage.pool.account(name) else {
                    throw ValidationError("There is no account '\(username)'. 'mentord account list' shows all.")
                }
                result = .success(try await body(Performer(parts: parts, person: account.actor)))
            } catch let invalid as InvalidFields {
                result = .failure(
                    ValidationError(invalid.errors.map { "\($0.field): \($0.message)" }.joined(separator: "\n")))
            } catch {
                result = .failure(error)
            }
            await parts.client.shutdown()
            return try result.get()
        }
    }
}

/// A person with the means to act.
struct Performer {
    let parts: Parts
    let person: Actor

    func transaction<Success: Sendable>(_ body: (Transaction) async throws -> Success) async throws -> Success {
        try await parts.database.transaction { try await body($0) }
    }

    /// Somebody by handle, username or address: whoever can be followed, groups among them.
    func find(_ name: String) async throws -> Actor {
        do {
            return try await parts.findActor(name, field: "handle", among: FindActor.followable)
        } catch let error as FieldError {
            throw ValidationError(error.message)
        }
    }

    /// A post by its address, as far as the person may see it.
    func post(_ address: String, in transaction: Transaction) async throws -> Post {
        guard let uri = URI(address), let post = try await transaction.post(uri, for: .actor(person.id)) else {
            throw ValidationError("There is no post '\(address)' here for @\(person.handle).")
        }
        return post
    }

    func mentioned(in text: String) async throws -> Mentioned {
        try await parts.findMentioned(in: text)
    }
}
