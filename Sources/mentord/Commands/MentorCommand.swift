import ArgumentParser
import Federation
import Foundation
import Mentoring
import Outbound
import PostgreSQL
import Social
import Store
import UseCases
import Wire

/// `mentord mentor list|approve|refuse`
struct MentorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mentor", abstract: "Answer those who applied to be mentors.",
        discussion: """
            They apply where mentors.admission is 'approval'. Each is told the answer, and whoever is refused can apply \
            again with another text.

            EXAMPLES
              mentord mentor list
              mentord mentor approve noor
              mentord mentor refuse mika --reason "Please tell us more of what you would help with."
            """,
        subcommands: [List.self, Approve.self, Refuse.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List applications, the latest first.")
        @OptionGroup var common: CommonOptions
        @Flag(help: "Also those that are answered.") var all = false

        func run() async throws {
            let settings = try await common.load()
            try await Storage.with(settings, role: .guest) { storage in
                let found = try await storage.pool.applications(in: all ? nil : .waiting, limit: 200)
                let people = try await storage.pool.actors(ids: Set(found.map(\.applicant)))
                for application in found {
                    print(
                        [
                            people[application.applicant].map { "@\($0.handle)" } ?? "?",
                            DateTime.format(application.appliedAt), application.state.rawValue,
                            application.text.replacing("\n", with: " "),
                        ].joined(separator: "\t"))
                }
            }
        }
    }

    struct Approve: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Let somebody be a mentor.")
        @OptionGroup var answer: MentorAnswerOptions

        func run() async throws { try await answer.give(.approved) }
    }

    struct Refuse: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Do not let somebody be a mentor.")
        @OptionGroup var answer: MentorAnswerOptions
        @Option(help: "Why, in words for the applicant.") var reason: String

        func run() async throws { try await answer.give(.refused(reason: reason)) }
    }
}

/// Whose application is answered.
struct MentorAnswerOptions: ParsableArguments {
    @OptionGroup var common: CommonOptions
    @Argument(help: "The username of who applied.") var username: String

    func give(_ verdict: MentorApplications.Verdict) async throws {
        let settings = try await common.load()
        let answer = try await Storage.with(settings, role: .guest) { storage in
            let parts = try await Parts(settings, storage.pool)
            let result: Result<MentorApplications.Answer?, any Error>
            do {
                result = .success(try await give(verdict, parts))
            } catch let invalid as InvalidFields {
                result = .failure(ValidationError(invalid.errors.map(\.message).joined(separator: "\n")))
            } catch {
                result = .failure(error)
            }
            await parts.client.shutdown()
            return try result.get()
        }
        switch answer {
        case nil: throw ValidationError("'\(username)' has not applied. 'mentord mentor list' shows who has.")
        case .decidedBefore(let application):
            throw ValidationError("The application of '\(username)' is \(application.state.rawValue) already.")
        case .given(let application): print("@\(username): \(application.state.rawValue).")
        }
    }

    private func give(
        _ verdict: MentorApplications.Verdict, _ parts: Parts
    ) async throws -> MentorApplications.Answer? {
        guard let name = Username(username), let account = try await parts.database.account(name),
            let latest = try await parts.database.latestApplication(of: account.actor.id)
        else { return nil }
        return try await parts.database.transaction { transaction in
            try await parts.desks.applications.decide(latest.id, verdict, by: nil, now: Date(), in: transaction)
        }
    }
}
