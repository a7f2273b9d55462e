package import Federation
package import Foundation
package import Logging
package import Mentoring
package import Outbound
import PostgreSQL
package import Social
import Store
package import UseCases
import Wire

/// A community with everything that speaks to other servers, put together as the daemon does.
package struct TestFederation: Sendable {
    package let home: TestCommunity
    package let client: GuardedClient
    package let keys: SigningKeys
    package let fetcher: DocumentFetcher
    package let remoteActors: RemoteActors
    package let domains: DomainPolicy
    package let verifier: RequestVerifier
    package let desks: Desks
    package let inbox: Inbox

    package var community: Community { home.community }
    package var desk: SessionDesk { desks.sessions }
}

extension TestCommunity {
    /// The desk as the daemon composes it.
    package var desk: SessionDesk {
        SessionDesk(
            community: community, policy: .roomy,
            consequences: [NotifyParties(), KeepSessionTimer(), FederateSession(community: community)])
    }
}

extension MentoringPolicy {
    /// Lets one person of a test ask as often as it needs.
    package static var roomy: MentoringPolicy {
        var policy = MentoringPolicy()
        policy.mostOpenAsks = 1000
        return policy
    }
}

/// A logger that writes nothing.
package let quietLogger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

/// Runs `body` with a new community that can reach servers on loopback names.
///
/// - Parameters:
///   - limits: the factor on what a domain may bring; none by default.
///   - countsBadSignatures: whether wrong signatures use up an allowance.
@discardableResult
package func withFederation<Success>(
    at origin: String = "http://a.localhost:8080", poolSize: Int = 4, mode: FederationMode = .open,
    limits: Double = 0, countsBadSignatures: Bool = false, doorway: Doorway = Doorway(inside: 1000, waiting: 0),
    _ body: (TestFederation) async throws -> Success
) async throws -> Success {
    try await withCommunity(at: origin, poolSize: poolSize) { home in
        let community = home.community
        let instance = try await home.instanceActor()
        let domains = DomainPolicy(database: home.database, community: community, mode: mode)
        let client = try GuardedClient(
            settings: OutboundSettings(
                version: "1.0", origin: community.origin, reachable: [CIDR("127.0.0.1/32")].compactMap(\.self)),
            gate: domains)
        let keys = SigningKeys(database: home.database)
        let fetcher = DocumentFetcher(client: client, keys: keys, instanceActor: instance.id)
        let remoteActors = RemoteActors(community: community, fetcher: fetcher, domains: domains, forms: keys.forms)
        let verifier = RequestVerifier(
            keys: KeyRing(actors: remoteActors, database: home.database, community: community), community: community,
            domains: domains, limit: BadSignatureLimit(isOn: countsBadSignatures))
        let desks = Desks(
            community: community, instanceActor: instance.id,
            actors: LocalActors(database: home.database, community: community), policy: .roomy)
        let federation = TestFederation(
            home: home, client: client, keys: keys, fetcher: fetcher, remoteActors: remoteActors,
            domains: domains, verifier: verifier, desks: desks,
            inbox: Inbox(
                database: home.database, community: community, verifier: verifier, domains: domains,
                limits: SenderLimits(database: home.database, factor: limits), doorway: doorway,
                purge: ForgetGoneActor(database: home.database, forget: desks.forgetActor),
                handlers: desks.handlers(
                    community: community, domains: domains, quota: FollowQuota(factor: limits)),
                health: HostHealth(database: home.database, logger: quietLogger)))
        let result: Result<Success, any Error>
        do {
            result = .success(try await body(federation))
        } catch {
            result = .failure(error)
        }
        await client.shutdown()
        return try result.get()
    }
}

extension TestFederation {
    /// Publishes what a person of ours wrote, after looking for those whom it names.
    package func publish(_ draft: PostDraft, by author: Actor, now: Date = .thisSecond) async throws -> Post {
        let mentioned = try await findMentioned(in: draft.text)
        return try await home.database.transaction { transaction in
            try await desks.posts.publish(draft, by: author, mentioned: mentioned, now: now, in: transaction)
        }
    }

    package var findMentioned: FindMentioned {
        FindMentioned(database: home.database, community: community, actors: remoteActors)
    }

    /// Somebody elsewhere, as their own server describes them.
    package func known(_ peer: PeerActor) async throws -> Actor {
        try await remoteActors.actor(peer.uri, on: home.database)
    }
}
