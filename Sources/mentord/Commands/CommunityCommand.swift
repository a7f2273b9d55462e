import ArgumentParser
import Federation
import Foundation
import Outbound
import PostgreSQL
import Social
import Store
import UseCases
import Wire

/// `mentord community follow|unfollow|accept|refuse|list`
struct CommunityCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "community", abstract: "Decide with which other communities mentors are exchanged.",
        discussion: """
            The mentors of a community that you follow are found here like your own, as far as they publish a profile, \
            until they withdraw it or you unfollow the community. It has to agree, and shows yours only if it follows you.

            EXAMPLES
              mentord community follow barrio.example
              mentord community list
              mentord community unfollow barrio.example
              mentord community accept ateneo.example
            """,
        subcommands: [Follow.self, Unfollow.self, Accept.self, Refuse.self, List.self])

    struct Follow: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let the mentors of another community be found here.",
            discussion: "Said again, the community is asked again, and its directory read anew.")

        @OptionGroup var named: NamedCommunity

        func run() async throws {
            try await named.with { parts, host in
                let other = try await named.find(host, parts)
                let directory = try await parts.remoteActors.fetch(other.uri).directory
                do {
                    try await parts.database.transaction { transaction in
                        try await parts.desks.neighbours.follow(other, directory: directory, in: transaction)
                    }
                } catch Neighbours.Refusal.noCommunity {
                    throw ValidationError("\(host) is no other community.")
                } catch Neighbours.Refusal.noDirectory {
                    throw ValidationError("\(host) has no directory of mentors.")
                }
                print("Asked \(host). 'mentord community list' shows how it goes.")
            }
        }
    }

    struct Unfollow: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let the mentors of another community be found here no more.",
            discussion: "Those whom somebody here follows, or has or had a session with, stay.")

        @OptionGroup var named: NamedCommunity

        func run() async throws {
            try await named.with { parts, host in
                guard let neighbour = try await parts.database.neighbour(at: host),
                    let other = try await parts.database.actor(id: neighbour.id)
                else { throw ValidationError("\(host) is not followed. 'mentord community list' shows who is.") }
                try await parts.database.transaction { transaction in
                    try await parts.desks.neighbours.unfollow(other, in: transaction)
                }
                print("Unfollowed \(host).")
            }
        }
    }

    struct Accept: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Tell another community, which asked for it, of the mentors here.")

        @OptionGroup var named: NamedCommunity

        func run() async throws { try await named.answer(true) }
    }

    struct Refuse: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Tell another community of the mentors here no more, or not at all.",
            discussion: "It can go on reading the directory, which is open to all; 'mentord domain block' ends that.")

        @OptionGroup var named: NamedCommunity

        func run() async throws { try await named.answer(false) }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the communities with which mentors are exchanged, and how that goes.")

        @OptionGroup var common: CommonOptions
        @Flag(help: "Print one JSON object a line, for programs.") var json = false

        func run() async throws {
            let settings = try await common.load()
            let found = try await Storage.with(settings, role: .guest) { storage in
                guard let own = try await storage.pool.actor(uri: settings.community.addresses.instanceActor) else {
                    return [ExchangeReport]()
                }
                return try await storage.pool.exchanges(of: own.id)
            }
            for exchange in found { print(json ? exchange.line : exchange.columns) }
        }
    }
}

/// Which community a command is about.
struct NamedCommunity: ParsableArguments {
    @OptionGroup var common: CommonOptions
    @Argument(help: "Its host, such as barrio.example.") var host: String

    func with(_ body: (Parts, String) async throws -> Void) async throws {
        let settings = try await common.load()
        guard let host = Origin(scheme: settings.origin.scheme, authority: host)?.authority else {
            throw ValidationError("'\(host)' is no host. Give it as barrio.example.")
        }
        try await Storage.with(settings, role: .guest) { storage in
            let parts = try await Parts(settings, storage.pool)
            let result: Result<Void, any Error>
            do {
                result = .success(try await body(parts, host))
            } catch {
                result = .failure(error)
            }
            await parts.client.shutdown()
            try result.get()
        }
    }

    /// The community's own actor, which bears the name of its host (FEP-d556).
    func find(_ authority: String, _ parts: Parts) async throws -> Actor {
        let name = Origin(scheme: .https, authority: authority)?.host ?? authority
        do {
            let handle = Handle(name: name, domain: authority)
            let actor = try await parts.findActor(handle.description, field: "host", among: [.application, .service])
            return try await parts.remoteActors.refresh(actor.uri, on: parts.database)
        } catch let error as FieldError {
            throw ValidationError("\(host) is not found as a community: \(error.message)")
        }
    }

    func answer(_ isAccepted: Bool) async throws {
        try await with { parts, host in
            let asking = try await parts.database.exchanges(of: try await own(parts).id)
                .first { $0.host == host && $0.following != .no }
            guard let asking, let other = try await parts.database.actor(id: asking.actor),
                try await parts.database.transaction({ transaction in
                    try await parts.desks.neighbours.answer(isAccepted, to: other, in: transaction)
                })
            else { throw ValidationError("\(host) has not asked. 'mentord community list' shows who has.") }
            print("\(isAccepted ? "Accepted" : "Refused") \(host).")
        }
    }

    private func own(_ parts: Parts) async throws -> Actor {
        guard let own = try await parts.database.actor(uri: parts.community.addresses.instanceActor) else {
            throw ValidationError("This community has no actor yet.")
        }
        return own
    }
}
