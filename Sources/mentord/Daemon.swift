import Calendars
import Federation
import FederationAPI
import Foundation
import Jobs
import Keys
import Logging
import MastodonAPI
import Mentoring
import MentoringAPI
import Outbound
import Pictures
import PostgreSQL
import Push
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
        let parts = try await Parts(settings, storage.pool)
        let database = parts.database
        if !settings.reachable.isEmpty {
            logger.warning(
                "private addresses may be reached",
                metadata: ["ranges": "\(settings.reachable.map(\.description).joined(separator: ", "))"])
        }
        let listener = Listener(storage.settings, channels: [JobQueue.channel])
        let pushKey = try await PushKey.ensure(on: database)
        // What carries messages to programs is no server to federate with: rules on domains say nothing of it.
        let pushClient = try GuardedClient(settings: Parts.outbound(settings))
        let supply = MentorSupply(profiles: parts.desks.profiles)
        let health = HostHealth(database: database, pace: settings.deliveryPace, logger: logger)
        let runner = JobRunner(
            database: database, listener: listener,
            handlers: [
                DeliverActivity(
                    database: database, client: parts.client, keys: parts.keys, actors: parts.remoteActors,
                    schedule: DeliverySchedule(pace: settings.deliveryPace), health: health, logger: logger),
                SpreadActivity(database: database, logger: logger), TidyDeliveries(database: database),
                FetchPost(database: database, find: parts.findPost, reactions: parts.desks.reactions),
                FetchFeatured(database: database, find: parts.findPost, reactions: parts.desks.reactions),
                RefreshActor(database: database, actors: parts.remoteActors),
                ReadDirectory(
                    database: database, reader: DirectoryReader(fetcher: parts.fetcher), actors: parts.remoteActors,
                    times: NextTimes(database: database, fetcher: parts.fetcher), logger: logger),
                WatchDirectories(database: database),
                FollowMove(database: database, actors: parts.remoteActors, relations: parts.desks.relations),
                RunSessionTimer(database: database, desk: parts.desks.sessions, logger: logger),
                TellWorkspaceNews(database: database, voice: parts.desks.voice, logger: logger),
                RunReviewTimer(database: database, desk: parts.desks.reviews, logger: logger),
                RunNoShowTimer(database: database, desk: parts.desks.noShows, logger: logger),
                parts.desks.pollTimer(on: database), DailyTidying(database: database),
                RefreshStandings(database: database), RefreshSupplies(database: database, supply: supply),
                RefreshSupply(database: database, supply: supply, logger: logger),
                RefreshCalendar(
                    database: database, fetcher: CalendarFetcher(client: parts.client),
                    reader: CalendarReader(program: [CommandLine.executable, CalendarProgram.name]),
                    voice: parts.desks.voice, logger: logger),
                MentorReturn(profiles: mentors(parts), logger: logger),
                PublishScheduledPost(
                    database: database, posts: parts.desks.posts, findMentioned: parts.findMentioned, logger: logger),
                DeliverPush(
                    database: database, community: parts.community, key: pushKey, client: pushClient,
                    pace: settings.deliveryPace, logger: logger),
            ],
            // One exchange fewer than a host may have: before it answers any of our first deliveries it asks for the key
            // behind them, and must be asked for its own.
            capacity: settings.deliveryWorkers, laneCapacity: 3,
            probeInterval: HostHealth.probeInterval(pace: settings.deliveryPace), logger: logger)
        try await database.transaction { try await parts.desks.applications.admitEverybody(in: $0) }
        try await DailyTidying.schedule(on: database)
        try await RefreshStandings.schedule(on: database)
        try await RefreshSupplies.schedule(on: database)
        try await TidyDeliveries.schedule(on: database)
        try await WatchDirectories.schedule(on: database)
        try await RefreshCalendar.resume(on: database, now: Date())
        // Nobody else uses a private cluster: what is leased there was leased by a server that is dead.
        if storage.isPrivate { try await JobQueue().endAllLeases(on: database) }

        let pictures = PictureMaker.installed()
        if pictures == nil {
            logger.warning("no pictures are taken: vips is missing or does not run (apt-get install libvips-tools)")
        }
        let certificate = try settings.certificate()
        if settings.origin.scheme == .https, certificate == nil, settings.trustedProxies.isEmpty {
            logger.warning("without proxy.trusted all requests through your proxy count as one client's")
        }
        var listening = Server.Configuration(
            host: settings.listenHost, port: settings.listenPort, isSecure: settings.origin.scheme == .https)
        listening.certificate = certificate
        listening.trustedProxies = settings.trustedProxies
        listening.requestFactor = settings.requestLimits
        let clients = ClientServices(
            database: database, community: parts.community, desks: parts.desks,
            media: MediaDesk(database: database, community: parts.community, maker: pictures),
            findActor: parts.findActor, findPost: parts.findPost, findMentioned: parts.findMentioned,
            push: Subscriptions(database: database, key: pushKey, client: pushClient))
        let hub = StreamHub(
            source: ListenToStreams(database: database, audience: parts.audience), entities: clients.entities)
        let tokens = Tokens(database: database)
        let streams = StreamRoutes(clients, hub: hub, tokens: tokens)
        let server = Server(
            listening, routes: routes(parts, clients, health) + streams.routes, sockets: [streams.socket],
            refusalPage: Pages(database: database, community: parts.community).refusal,
            authorise: bearerTokens(tokens), logger: logger, onListening: onListening)
        var services: [ServiceGroupConfiguration.ServiceConfiguration] = [
            .init(service: runner, successTerminationBehavior: .gracefullyShutdownGroup),
            .init(service: Streams(hub: hub, logger: logger)),
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
            await parts.client.shutdown()
            await pushClient.shutdown()
            throw error
        }
        listener.stop()
        await parts.client.shutdown()
        await pushClient.shutdown()
    }

    private func mentors(_ parts: Parts) -> MentorProfiles {
        MentorProfiles(database: parts.database, profiles: parts.desks.profiles, policy: settings.mentoring)
    }

    private func routes(_ parts: Parts, _ clients: ClientServices, _ health: HostHealth) -> [Route] {
        let (community, database, desks) = (parts.community, parts.database, parts.desks)
        let pages = Pages(database: database, community: community)
        let inbox = Inbox(
            database: database, community: community, verifier: parts.verifier, domains: parts.domains,
            limits: SenderLimits(database: database, factor: settings.federationLimits),
            purge: ForgetGoneActor(database: database, forget: desks.forgetActor),
            handlers: desks.handlers(
                community: community, domains: parts.domains, quota: FollowQuota(factor: settings.federationLimits)),
            health: health)
        let posts = PublishedPosts(database: database, community: community)
        let gate = FetchGate(
            verifier: parts.verifier, domains: parts.domains, limits: ReaderLimits(factor: settings.federationLimits),
            database: database, isSecure: settings.federationSecure)
        let apps = Apps(database: database)
        let authorisations = Authorisations(database: database)
        let availabilities = Availabilities(database: database, profiles: desks.profiles)
        let times = PublishedTimes(database: database, community: community, availabilities: availabilities)
        let remoteTimes = RemoteTimes(database: database, remote: parts.remoteActors, fetcher: parts.fetcher)
        let signIn = SignInPages(
            community: community, signIn: SignIn(database: database, hasher: PasswordHasher()),
            sessions: BrowserSessions(database: database),
            cookies: Cookies(isSecure: settings.origin.scheme == .https))
        let sessions = SessionRoutes(
            database: database, community: community, desk: desks.sessions, find: parts.findActor,
            findSoftware: FindSoftware(database: database, fetcher: parts.fetcher))
        let groups: [[Route]] = [
            clients.routes(version: Version.text), signIn.routes,
            AuthorisePages(community: community, apps: apps, authorisations: authorisations, signIn: signIn).routes,
            AuthorisationServerRoutes(community: community).routes, AppRoutes(apps: apps, pushKey: clients.push.key.text).routes,
            TokenRoutes(apps: apps, authorisations: authorisations, tokens: Tokens(database: database)).routes,
            HealthRoutes(database: database).routes, ContractRoutes.routes, pages.routes,
            WellKnownRoutes(database: database, community: community, version: Version.text).routes,
            ActorRoutes(
                database: database, community: community, actors: parts.localActors, posts: posts, gate: gate,
                page: pages.actor
            ).routes,
            TimesRoutes(times: times, gate: gate).routes,
            DirectoryRoutes(directory: PublishedDirectory(database: database, community: community), gate: gate).routes,
            PostRoutes(posts: posts, gate: gate, page: pages.post(_:by:)).routes,
            InboxRoutes(inbox: inbox, logger: logger).routes,
            ObjectRoutes(
                sessions: SessionReader(database: database, community: community),
                activities: SentActivities(database: database, community: community), gate: gate,
                page: SessionPages(database: database, community: community, signIn: signIn).session
            ).routes,
            sessions.routes, FollowUpRoutes(sessions: sessions, offers: desks.privateOffers).routes,
            MessageRoutes(database: database, messages: desks.messages).routes,
            WorkspaceRoutes(database: database, desk: desks.workspaces).routes,
            SeriesRoutes(
                database: database, community: community, desk: desks.sessions, find: parts.findActor,
                remote: remoteTimes
            ).routes,
            SessionExportRoutes(database: database, community: community).routes,
            ProfileRoutes(database: database, profiles: mentors(parts)).routes, 
            DiscoverRoutes(database: database, community: community).routes,
            SuggestionRoutes(
                database: database, community: community,
                suggestions: Suggestions(database: database, synonyms: settings.mentoring.synonyms) {
                    remoteTimes.remembered(of: $0, type: $1.offer.type, minutes: $1.minutes, in: $2, for: $3)
                }
            ).routes,
            AnswerRoutes(database: database).routes, FigureRoutes(database: database).routes,
            ReviewRoutes(database: database, desk: desks.reviews).routes,
            AttendanceRoutes(database: database, desk: desks.noShows).routes,
            ApplicationRoutes(database: database, desk: desks.applications).routes,
            CatalogueRoutes(database: database).routes, UsualPlaceRoutes(database: database).routes,
            RulesRoutes(policy: settings.mentoring).routes, NotificationRoutes(database: database).routes,
            AvailabilityRoutes(
                database: database, availabilities: availabilities, notice: settings.mentoring.notice
            ).routes,
            CalendarRoutes(calendars: MentorCalendars(database: database)).routes,
            SlotRoutes(
                database: database, community: community, availabilities: availabilities, remote: remoteTimes
            ).routes,
            HoldRoutes(database: database, community: community, desk: desks.sessions).routes,
            PrivateOfferRoutes(database: database, offers: desks.privateOffers, find: parts.findActor).routes,
            OfferPages(database: database, community: community, offers: desks.privateOffers, signIn: signIn).routes,
        ]
        return groups.flatMap(\.self)
    }
}
