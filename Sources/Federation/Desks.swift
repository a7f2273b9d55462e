package import Mentoring
package import PostgreSQL
package import Social
package import UseCases
package import Wire

/// Everything that can be done in this community, each with all that follows from it: for people, other servers and the
/// clock alike.
package struct Desks: Sendable {
    package let sessions: SessionDesk
    package let workspaces: WorkspaceDesk
    package let posts: PostDesk
    package let messages: SessionMessages
    package let scheduledPosts: ScheduledPosts
    package let reactions: ReactionDesk
    package let relations: RelationDesk
    package let reports: ReportDesk
    package let reviews: ReviewDesk
    package let noShows: NoShowDesk
    package let filters: FilterDesk
    package let profiles: Profiles
    package let applications: MentorApplications
    package let privateOffers: PrivateOffers
    package let deleteAccount: DeleteAccount
    package let forgetActor: ForgetActor
    package let featured = FeaturedPosts()
    /// With which communities mentors are exchanged.
    package let neighbours: Neighbours
    /// The community itself, as it speaks to its people.
    package let voice: CommunityVoice
    let postConsequences: PostConsequences
    let intake: PostIntake

    /// - Parameters:
    ///   - instanceActor: speaks for the community as such.
    ///   - audience: those who listen to streams.
    ///   - admitsCommunities: whether others that want our directory are let in by nobody asked.
    ///   - policy: what the community lays down for mentors and those who ask them.
    package init(
        community: Community, instanceActor: ActorID, actors: LocalActors, audience: StreamAudience = StreamAudience(),
        admitsCommunities: Bool = true, policy: MentoringPolicy = MentoringPolicy()
    ) {
        let streams = TellStreams(audience: audience)
        let here: [any PostConsequence] = [FillFeeds(), KeepConversations(), NotifyAboutPosts(), streams]
        voice = CommunityVoice(
            community: community, speaker: instanceActor, consequences: PostConsequences(here))
        let spoken = here + [FederatePosts(community: community)]
        let partyVoice = PartyVoice(voice, consequences: PostConsequences(spoken))
        let accounts = FederateAccounts(community: community, actors: actors)
        let directory = FederateDirectory(community: community, instanceActor: instanceActor, actors: actors)
        profiles = Profiles(consequences: [accounts, directory])
        sessions = SessionDesk(
            community: community, policy: policy,
            consequences: [
                NotifyParties(),
                MessageParties(voice: partyVoice, notice: policy.notice), KeepSessionTimer(),
                FederateSession(community: community), FederateWorkspace(community: community),
                KeepStandings(), PauseSilentMentors(patience: policy.patience, profiles: profiles, voice: voice),
                KeepSupply(), OpenReviews(), KeepNoShows(),
            ])
        workspaces = WorkspaceDesk(
            consequences: [TellOfWorkspace(voice: voice), FederateWorkspace(community: community)])
        noShows = NoShowDesk(ladder: policy.noShows, profiles: profiles, voice: voice)
        postConsequences = PostConsequences(spoken + [HearTalk(desk: sessions, voice: partyVoice)])
        posts = PostDesk(community: community, consequences: postConsequences)
        messages = SessionMessages(community: community, consequences: PostConsequences(spoken))
        scheduledPosts = ScheduledPosts(posts: posts)
        intake = PostIntake(community: community, desk: posts, fetching: FetchPosts())
        reactions = ReactionDesk(community: community, consequences: postConsequences)
        relations = RelationDesk(
            community: community,
            consequences: [
                FillFeeds(), NotifyAboutRelations(), streams, FederateRelations(community: community), featured,
            ])
        reports = ReportDesk(
            community: community,
            consequences: [FederateReports(community: community, instanceActor: instanceActor)])
        reviews = ReviewDesk(
            community: community, reports: reports,
            consequences: [MessageReviews(voice: voice), FederateReviews(community: community)])
        filters = FilterDesk(audience: audience)
        applications = MentorApplications(policy: policy, profiles: profiles, voice: voice)
        privateOffers = PrivateOffers(community: community, voice: voice, posts: posts)
        deleteAccount = DeleteAccount(desk: sessions, consequences: [accounts, directory])
        forgetActor = ForgetActor(desk: sessions)
        neighbours = Neighbours(
            community: community, instanceActor: instanceActor, admitsEverybody: admitsCommunities,
            consequences: [FederateRelations(community: community)])
    }

    /// Ends polls, and tells of their numbers.
    package func pollTimer(on database: Pool) -> RunPollTimer {
        RunPollTimer(database: database, consequences: postConsequences)
    }

    /// Finds posts here and at their origins.
    package func findPost(on database: Pool, fetcher: DocumentFetcher, actors: RemoteActors) -> FindPost {
        FindPost(database: database, fetcher: fetcher, actors: actors, intake: intake)
    }

    /// What each activity from elsewhere means here. Handlers of one pattern are asked in this order: what is about a
    /// bare id belongs to the first that knows it.
    ///
    /// - Parameters:
    ///   - domains: whose people have to ask before they follow.
    ///   - quota: how many follows a new host may bring.
    package func handlers(community: Community, domains: DomainPolicy, quota: FollowQuota) -> HandlerTable {
        let exchange: [any ActivityHandler] = [
            CommunityFollowHandler(community: community, neighbours: neighbours, domains: domains),
            CommunityAnswerHandler(community: community, neighbours: neighbours),
            CommunityLeaveHandler(community: community, neighbours: neighbours),
            DirectoryChangeHandler(neighbours: neighbours),
        ]
        let social: [any ActivityHandler] = [
            FollowHandler(relations: relations, domains: domains, quota: quota),
            FollowAnswerHandler(relations: relations),
            UndoRelationHandler(relations: relations), BlockHandler(relations: relations),
            EditHandler(intake: intake),
            ApprovalHandler(posts: posts), RefusalHandler(community: community, posts: posts, reactions: reactions),
            ActorRemovalHandler(forget: forgetActor), PostRemovalHandler(posts: posts),
            LikeHandler(reactions: reactions),
            AnnounceHandler(community: community, reactions: reactions, fetching: intake.fetching),
            UndoReactionHandler(reactions: reactions), PinHandler(reactions: reactions, fetching: intake.fetching),
            ActorUpdateHandler(), MoveHandler(), FlagHandler(reports: reports),
        ]
        // A Note with a rating is no post, and neither is an Event that asks a mentor for a session.
        return HandlerTable(
            [ReviewHandler(desk: reviews)] + exchange + social
                + sessionHandlers(community: community, desk: sessions)
                + [WorkspaceHandler(desk: workspaces), PublicationHandler(intake: intake, reactions: reactions)])
    }
}
