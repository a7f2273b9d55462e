package import Federation
package import PostgreSQL
package import Push
package import Social
package import UseCases
package import WebServer

/// What all routes of this face work with.
package struct ClientServices: Sendable {
    package let database: Pool
    package let community: Community
    package let desks: Desks
    package let media: MediaDesk
    package let findActor: FindActor
    package let findPost: FindPost
    package let findMentioned: FindMentioned
    package let push: Subscriptions
    package let entities: Entities

    package init(
        database: Pool, community: Community, desks: Desks, media: MediaDesk, findActor: FindActor, findPost: FindPost,
        findMentioned: FindMentioned, push: Subscriptions
    ) {
        self.database = database
        self.community = community
        self.desks = desks
        self.media = media
        self.findActor = findActor
        self.findPost = findPost
        self.findMentioned = findMentioned
        self.push = push
        entities = Entities(database: database, community: community)
    }

    /// Does something to the filters of whoever asks.
    func changeFilters<Success>(
        of exchange: Exchange, _ work: (Transaction) async throws -> Success
    ) async throws -> Success {
        try await desks.filters.change(of: try exchange.requireAccount().actor.id, on: database, work)
    }

    /// Everything of the Mastodon API that needs an account or shows one.
    ///
    /// - Parameter version: of mentord.
    package func routes(version: String) -> [Route] {
        let groups: [[Route]] = [
            InstanceRoutes(self, version: version).routes, CredentialRoutes(self).routes, AccountRoutes(self).routes,
            RelationRoutes(self).routes,
            MediaRoutes(self).routes, StatusRoutes(self).routes, ScheduledPostRoutes(self).routes,
            StatusActionRoutes(self).routes,
            TimelineRoutes(self).routes, ConversationRoutes(self).routes, NotificationRoutes(self).routes,
            NotificationGroupRoutes(self).routes, NotificationPolicyRoutes(self).routes,
            NotificationRequestRoutes(self).routes, PushRoutes(self).routes, MarkerRoutes(self).routes,
            KeptPostRoutes(self).routes, PreferenceRoutes(self).routes, SearchRoutes(self).routes,
            DirectoryRoutes(self).routes, ListRoutes(self).routes, TagRoutes(self).routes, ReportRoutes(self).routes,
            FeaturedTagRoutes(self).routes, DomainMuteRoutes(self).routes, FilterRoutes(self).routes,
            FirstFilterRoutes(self).routes,
            EmptyListRoutes().routes,
        ]
        return groups.flatMap(\.self)
    }
}
