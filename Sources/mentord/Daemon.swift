import Federation
import FederationAPI
import Foundation
import Jobs
import Logging
import MentoringAPI
import Outbound
import PostgreSQL
import ServiceLifecycle
import Social
import UnixSignals
import UseCases
import WebPages
import WebServer
import Wire

/// The composition root: every part of the running server, put together once.
struct Daemon {
    private let settings: Settings
    private let storage: Storage
    private let logger = Logger(label: "mentord")

    init(settings: Settings, storage: Storage) {
        self.settings = settings
        self.storage = storage
    }

    /// Serves until SIGTERM or SIGINT; then finishes what it has begun, within 20 seconds.
    ///
    /// - Parameter onListening: called with the port that is really bound, once the first request can come.
    func run(onListening: @escaping @Sendable (Int) async -> Void) async throws {
        let community = settings.community
        let database = storage.pool
        let instanceActor = try await EnsureInstanceActor(database: database, community: community)()
        var outbound = OutboundSettings(version: Version.text, origin: community.origin)
        outbound.reachable = settings.reachable
        if !settings.reachable.isEmpty {
            logger.warning(
                "private addresses may be reached",
                metadata: ["ranges": "\(settings.reachable.map(\.description).joined(separator: ", "))"])
        }
        let domains = try await DomainPolicy.load(
            database: database, community: community, mode: settings.federationMode)
        let client = try GuardedClient(settings: outbound, gate: domains)
        let keys = SigningKeys(database: database)
        let remoteActors = RemoteActors(
            community: community,
            fetcher: DocumentFetcher(client: client, keys: keys, instanceActor: instanceActor.id), domains: domains)

        let desk = SessionDesk(
            community: community,
            consequences: [NotifyParties(), KeepSessionTimer(), FederateSession(community: community)])
        let verifier = RequestVerifier(
            keys: KeyRing(actors: remoteActors, database: database, community: community), community: community,
            domains: domains, limit: BadSignatureLimit())
        let listener = Listener(storage.settings, channels: [JobQueue.channel])
        let runner = JobRunner(
            database: database, listener: listener,
            handlers: [
                DeliverActivity(
                    database: database, client: client, keys: keys,
                    schedule: DeliverySchedule(pace: settings.deliveryPace), logger: logger),
                RunSessionTimer(database: database, desk: desk, logger: logger),
                ForgetOldReceipts(database: database),
            ],
            capacity: settings.deliveryWorkers, laneCapacity: 4, logger: logger)
        try await ForgetOldReceipts.schedule(on: database)
        // Nobody else uses a private cluster: what is leased there was leased by a server that is dead.
        if storage.isPrivate { try await JobQueue().endAllLeases(on: database) }

        let certificate = try settings.certificate()
        if settings.origin.scheme == .https, certificate == nil, settings.trustedProxies.isEmpty {
            logger.warning("without proxy.trusted all requests through your proxy count as one client's")
        }
        var listening = Server.Configuration(
            host: settings.listenHost, port: settings.listenPort, isSecure: settings.origin.scheme == .https)
        listening.certificate = certificate
        listening.trustedProxies = settings.trustedProxies
        let server = Server(
            listening,
            routes: routes(
                community: community, database: database, desk: desk, domains: domains, verifier: verifier,
                remoteActors: remoteActors),
            authorise: bearerTokens(Tokens(database: database)), logger: logger, onListening: onListening)
        var services: [ServiceGroupConfiguration.ServiceConfiguration] = [
            .init(service: runner, successTerminationBehavior: .gracefullyShutdownGroup),
            .init(service: server, successTerminationBehavior: .gracefullyShutdownGroup),
        ]
        if let certificate {
            services.insert(.init(service: CertificateReloads(certificate: certificate, logger: logger)), at: 0)
        }
        var group = ServiceGroupConfiguration(
            services: services,
            gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        // Leaves time, of the promised 20 seconds, to close the database.
        group.maximumGracefulShutdownDuration = .seconds(15)
        do {
            try await ServiceGroup(configuration: group).run()
        } catch {
            listener.stop()
            await client.shutdown()
            throw error
        }
        listener.stop()
        await client.shutdown()
    }

    private func routes(
        community: Community, database: Pool, desk: SessionDesk, domains: DomainPolicy, verifier: RequestVerifier,
        remoteActors: RemoteActors
    ) -> [Route] {
        let pages = Pages(database: database, community: community)
        let inbox = Inbox(
            database: database, community: community, verifier: verifier, domains: domains,
            limits: SenderLimits(database: database, factor: settings.federationLimits),
            purge: MarkActorGone(database: database), handlers: HandlerTable(sessionHandlers(desk: desk)))
        let gate = FetchGate(
            verifier: verifier, domains: domains, database: database, isSecure: settings.federationSecure)
        let find = FindActor(database: database, community: community, remote: remoteActors)
        let groups: [[Route]] = [
            HealthRoutes(database: database).routes, ContractRoutes.routes, pages.routes,
            WellKnownRoutes(database: database, community: community, version: Version.text).routes,
            ActorRoutes(
                database: database, community: community,
                actors: LocalActors(database: database, community: community), gate: gate, page: pages.actor
            ).routes,
            InboxRoutes(inbox: inbox, logger: logger).routes,
            ObjectRoutes(reader: SessionReader(database: database, community: community), gate: gate).routes,
            SessionRoutes(database: database, community: community, desk: desk, find: find).routes,
            ProfileRoutes(database: database, profiles: MentorProfiles(database: database)).routes,
            CatalogueRoutes(database: database).routes, NotificationRoutes(database: database).routes,
        ]
        return groups.flatMap(\.self)
    }
}
