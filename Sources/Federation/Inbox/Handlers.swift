package import Social
package import UseCases
package import Wire

/// All handlers, in the order in which those of one pattern are asked: what is about a bare id belongs to the first that
/// knows it.
package func allHandlers(
    community: Community, sessions: SessionDesk, posts: PostDesk, reactions: ReactionDesk, relations: RelationDesk,
    reports: ReportDesk, isLimited: @escaping @Sendable (URI) -> Bool
) -> [any ActivityHandler] {
    let fetching = FetchPosts()
    let intake = PostIntake(community: community, desk: posts, fetching: fetching)
    let social: [any ActivityHandler] = [
        FollowHandler(relations: relations, isLimited: isLimited), FollowAnswerHandler(relations: relations),
        UndoRelationHandler(relations: relations), BlockHandler(relations: relations),
        PublicationHandler(intake: intake, reactions: reactions), EditHandler(intake: intake),
        ActorRemovalHandler(forget: ForgetActor(desk: sessions)), PostRemovalHandler(posts: posts),
        LikeHandler(reactions: reactions),
        AnnounceHandler(community: community, reactions: reactions, fetching: fetching),
        UndoReactionHandler(reactions: reactions), PinHandler(reactions: reactions),
        ActorUpdateHandler(), MoveHandler(), FlagHandler(reports: reports),
    ]
    return social + sessionHandlers(desk: sessions)
}
