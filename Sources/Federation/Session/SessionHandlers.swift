package import Social
package import UseCases

/// All handlers of activities about sessions.
package func sessionHandlers(community: Community, desk: SessionDesk) -> [any ActivityHandler] {
    [
        InviteHandler(desk: desk), AnswerHandler(community: community, desk: desk),
        ChangeHandler(community: community, desk: desk), WithdrawalHandler(desk: desk),
        JoinHandler(community: community, desk: desk),
    ]
}
