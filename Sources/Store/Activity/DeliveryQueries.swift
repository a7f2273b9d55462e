package import PostgreSQL
package import Social
package import Wire

/// How things stand with a delivery right before an attempt.
package enum DeliveryStanding: String, SQLEncodable, SQLDecodable, Sendable {
    case wanted
    /// The activity is gone, as that of a deleted post.
    case withdrawn
    /// It was meant for followers, and nobody with this inbox follows any more.
    case unfollowed
}

extension Queryable {
    /// Whether an activity may still go to an inbox. What takes something back goes to whoever may have got that.
    ///
    /// - Parameter followed: whose accepted followers have the inbox, if it gets this for no other reason.
    package func standing(
        ofActivity id: Int64, to inbox: URI, onlyToFollowersOf followed: ActorID?
    ) async throws -> DeliveryStanding {
        guard let followed else {
            return try await row("select from activities where id = \(id)") == nil ? .withdrawn : .wanted
        }
        // From the few behind the inbox to their follows, never from the many followers: hence no join.
        let row = try await row(
            """
            select case when kind in ('Delete', 'Undo') or exists (
                select from actors
                where (inbox = \(inbox) or shared_inbox = \(inbox)) and domain is not null and gone_at is null
                    and (select state from follows
                        where follower_id = actors.id and followed_id = \(followed)) = 'accepted'
            ) then 'wanted' else 'unfollowed' end as standing
            from activities where id = \(id)
            """)
        return try row?.get("standing") ?? .withdrawn
    }

    /// The inboxes behind which an actor's accepted followers elsewhere are, in order, after `cursor`: shared ones
    /// where there are any. Takes half a second for 100,000 followers. Of one host at most `perHost`, those with most
    /// followers first and among these the oldest, so that a host that invents followers is not an amplifier (Akkoma
    /// 2025.10).
    package func followerInboxes(of actor: ActorID, after cursor: String, perHost: Int, limit: Int) async throws
        -> [URI]
    {
        try await rows(
            """
            select inbox from (
                select inbox, row_number() over (
                    partition by lower(split_part(inbox, '/', 3)) order by followers desc, oldest) as place
                from (
                    select coalesce(shared_inbox, inbox) as inbox, count(*) as followers, min(follows.id) as oldest
                    from follows join actors on actors.id = follower_id
                    where followed_id = \(actor) and state = 'accepted' and domain is not null and gone_at is null
                    group by 1
                ) inboxes
            ) ranked
            where place <= \(perHost) and inbox > \(cursor) order by inbox limit \(limit)
            """
        ).map { try $0.get("inbox") }
    }

    /// Whether an inbox is one that actors of a server share.
    package func isSharedInbox(_ inbox: URI) async throws -> Bool {
        try await row("select from actors where shared_inbox = \(inbox) and domain is not null limit 1") != nil
    }

    /// Somebody whose inbox this is, or who shares it.
    package func actor(behindInbox inbox: URI) async throws -> Actor? {
        let own = try await row(
            "select \(Actor.columns) from actors where inbox = \(inbox) and domain is not null order by id limit 1")
        if let own { return try Actor(own) }
        return try await row(
            """
            select \(Actor.columns) from actors
            where shared_inbox = \(inbox) and domain is not null order by id limit 1
            """
        ).map(Actor.init)
    }
}
