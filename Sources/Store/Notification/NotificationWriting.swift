import PostgreSQL
import Wire

extension Queryable {
    /// Writes what somebody is told, and in the same statement, so that nobody waits for it, what follows from that: a
    /// request where it is filtered, and a job for each program that wants to be told at once.
    ///
    /// Most people have no such program, and for them nothing but an index is looked at.
    ///
    /// - Parameter insertion: into `notifications`, without `returning`.
    func tell(_ insertion: SQL) async throws {
        // The channel is that of the queue, whose runners are told of new work by priority and lane.
        try await submit(
            """
            with told as (
                \(insertion) returning id, recipient_id, kind, from_id, is_filtered
            ), asked as (
                insert into notification_requests (account_id, from_id)
                select recipient_id, from_id from told where is_filtered on conflict do nothing
            ), pushed as (
                insert into jobs (kind, payload, lane)
                select 'push', jsonb_build_object('notification', told.id, 'subscription', subscribed.id), lane
                from told join push_subscriptions subscribed on account_id = recipient_id
                where not is_filtered and told.kind = any(alerts)
                    and case policy
                        when 'all' then true
                        when 'followed' then exists (select from follows
                            where follower_id = recipient_id and followed_id = from_id and state = 'accepted')
                        when 'follower' then exists (select from follows
                            where follower_id = from_id and followed_id = recipient_id and state = 'accepted')
                        else false
                    end
                returning priority, lane
            )
            select pg_notify('mentord_jobs', priority || ' ' || lane) from pushed
            """)
    }
}

extension SQL {
    /// What the policy of a recipient, a row of `accounts`, makes of what a sender, a row of `actors`, did: the one row
    /// of `judged (treatment)`. The conditions are those of Mastodon 4.3. What the community itself says is always
    /// heard, and so is what the other writes about a session that the recipient asked for or agreed to.
    ///
    /// - Parameters:
    ///   - isFilterable: of what people ask for themselves, such as news of a post that they passed on, nothing but
    ///     that of limited servers is kept back.
    ///   - post: which was written, liked or passed on.
    static func treatment(isFilterable: Bool, post: PostID?) -> SQL {
        let follows: SQL = """
            exists (select from follows
                where follower_id = accounts.actor_id and followed_id = actors.id and state = 'accepted')
            """
        var reasons: [SQL] = [
            """
            case when for_limited_accounts > 'accept' and not \(isOfOpenHost) and not \(follows)
                and not exists (select from posts written join posts other on other.thread_id = written.thread_id
                    join accounts part on part.actor_id = other.author_id
                    where written.id = \(post)::bigint and written.author_id = actors.id)
                then for_limited_accounts end
            """
        ]
        if isFilterable {
            reasons += [
                "case when for_not_following > 'accept' and not \(follows) then for_not_following end",
                """
                case when for_not_followers > 'accept' and not exists (select from follows
                        where follower_id = actors.id and followed_id = accounts.actor_id and state = 'accepted'
                            and created_at < now() - interval '3 days')
                    then for_not_followers end
                """,
                """
                case when for_new_accounts > 'accept' and actors.created_at > now() - interval '30 days'
                    and not \(follows)
                    then for_new_accounts end
                """,
                """
                case when for_private_mentions > 'accept' and exists (select from posts written
                        where written.id = \(post)::bigint and written.visibility = 'direct'
                            and written.author_id = actors.id
                            and not exists (select from posts mine
                                where mine.thread_id = written.thread_id and mine.author_id = accounts.actor_id))
                    and not \(follows)
                    then for_private_mentions end
                """,
            ]
        }
        // Without the offsets each mention of the treatment would be worked out anew.
        return """
            (select case when strictest > 'accept' and (actors.kind = 'Application' and actors.domain is null
                    or \(isAboutAgreedSession(post))
                    or exists (select from notification_permissions permitted
                        where permitted.account_id = accounts.actor_id and permitted.from_id = actors.id))
                    then 'accept' else strictest end
                from (select greatest('accept'::notification_treatment, \(.joined(reasons, separator: ", ")))
                    as strictest offset 0) reasons offset 0) as judged (treatment)
            """
    }

    private static func isAboutAgreedSession(_ post: PostID?) -> SQL {
        """
        exists (select from posts written join sessions on sessions.uri = written.context
            where written.id = \(post)::bigint
                and (mentee_id = accounts.actor_id or sessions.status in ('scheduled', 'completed', 'no_show')))
        """
    }
}
