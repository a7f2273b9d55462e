import Federation
import Logging
import Outbound
import PostgreSQL
import Social
import UseCases
import Wire

/// What the server and the commands that act for its people are made of, put together in one place.
struct Parts {
    let community: Community
    let database: Pool
    let client: GuardedClient
    let domains: DomainPolicy
    let keys: SigningKeys
    let fetcher: DocumentFetcher
    let remoteActors: RemoteActors
    let localActors: LocalActors
    let verifier: RequestVerifier
    let audience: StreamAudience
    let desks: Desks
    let findActor: FindActor
    let findPost: FindPost
    let findMentioned: FindMentioned

    init(_ settings: Settings, _ database: Pool) async throws {
        let community = settings.community
        let instanceActor = try await EnsureInstanceActor(database: database, community: community)()
        self.community = community
        self.database = database
        domains = try await DomainPolicy.load(
            database: database, community: community, mode: settings.federationMode)
        client = try GuardedClient(settings: Self.outbound(settings), gate: domains)
        keys = SigningKeys(database: database)
        fetcher = DocumentFetcher(client: client, keys: keys, instanceActor: instanceActor.id)
        remoteActors = RemoteActors(community: community, fetcher: fetcher, domains: domains, forms: keys.forms)
        localActors = LocalActors(database: database, community: community)
        verifier = RequestVerifier(
            keys: KeyRing(actors: remoteActors, database: database, community: community), community: community,
            domains: domains, limit: BadSignatureLimit(isOn: settings.federationLimits > 0))
        audience = StreamAudience(database: database)
        desks = Desks(
            community: community, instanceActor: instanceActor.id, actors: localActors, audience: audience,
            admitsCommunities: settings.admitsCommunities, policy: settings.mentoring)
        findActor = FindActor(database: database, community: community, remote: remoteActors)
        findPost = desks.findPost(on: database, fetcher: fetcher, actors: remoteActors)
        findMentioned = FindMentioned(database: database, community: community, actors: remoteActors)
    }

    /// What every client of this program's own may reach.
    static func outbound(_ settings: Settings) -> OutboundSettings {
        OutboundSettings(version: Version.text, origin: settings.community.origin, reachable: settings.reachable)
    }
}
