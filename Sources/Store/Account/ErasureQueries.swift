package import Foundation
package import PostgreSQL
package import Social
package import Wire

extension Queryable {
    /// Removes all that a person of ours had here. The actor stays as a name that is gone, with its keys, so that the
    /// last words can still be signed, and with those who follow it, who have to hear them.
    package func eraseAccount(_ actor: ActorID) async throws {
        _ = try await execute(
            """
            insert into tombstones (uri, former_type, is_ours)
            select uri, kind, true from posts where author_id = \(actor) on conflict do nothing
            """)
        try await eraseTraces(of: actor)
        _ = try await execute("delete from follows where follower_id = \(actor)")
        _ = try await execute("delete from accounts where actor_id = \(actor)")
        _ = try await execute(
            """
            update actors set name = '', summary = '', icon = null, header = null, fields = '[]', also_known_as = '{}',
                gone_at = now(), updated_at = now()
            where id = \(actor)
            """)
    }

    /// Removes all that an actor elsewhere left here but the sessions, which are the other party's history, too.
    package func eraseRemoteActor(_ actor: ActorID) async throws {
        try await eraseTraces(of: actor)
        _ = try await execute("delete from follows where follower_id = \(actor) or followed_id = \(actor)")
        _ = try await execute("delete from blocks where blocker_id = \(actor)")
        _ = try await execute("delete from actor_keys where actor_id = \(actor)")
        _ = try await execute(
            """
            update actors set name = '', summary = '', icon = null, header = null, fields = '[]', also_known_as = '{}',
                gone_at = now()
            where id = \(actor) and domain is not null
            """)
    }

    private func eraseTraces(of actor: ActorID) async throws {
        _ = try await execute("delete from posts where author_id = \(actor)")
        _ = try await execute("delete from boosts where actor_id = \(actor)")
        _ = try await execute("delete from likes where actor_id = \(actor)")
        _ = try await execute("delete from pins where actor_id = \(actor)")
        _ = try await execute("delete from poll_votes where voter_id = \(actor)")
        _ = try await execute("delete from notifications where from_id = \(actor)")
        _ = try await execute("delete from mentor_profiles where actor_id = \(actor)")
        for table in ["session_messages", "told_times", "talk_hints"] as [SQL] {
            _ = try await execute("delete from \(table) where reader_id = \(actor)")
        }
        try await eraseWorkspaces(of: actor)
        // What was shown to the other side stays as a number.
        _ = try await execute("delete from reviews where author_id = \(actor) and revealed_at is null")
        _ = try await execute(
            "update reviews set words = '', is_public = false, sealed = null where author_id = \(actor)")
        _ = try await execute("update no_shows set objection = null where person_id = \(actor)")
    }

    /// Actors elsewhere beside the followers who know of somebody: whom they follow, had sessions with, wrote to or
    /// answered.
    package func remoteAcquaintances(of actor: ActorID) async throws -> [Actor] {
        try await rows(
            """
            select \(Actor.columns) from actors
            where domain is not null and gone_at is null and id in (
                select followed_id from follows where follower_id = \(actor)
                union select mentor_id from sessions where mentee_id = \(actor)
                union select mentee_id from sessions where mentor_id = \(actor)
                union select a.actor_id from post_addressees a join posts p on p.id = a.post_id
                    where p.author_id = \(actor)
                union select p.author_id from likes join posts p on p.id = likes.post_id where likes.actor_id = \(actor)
                union select p.author_id from boosts join posts p on p.id = boosts.post_id
                    where boosts.actor_id = \(actor))
            order by id limit 5000
            """
        ).map(Actor.init)
    }

    /// Sessions that can still take place or be answered.
    package func openSessions(of actor: ActorID) async throws -> [UUID] {
        try await rows(
            """
            select id from sessions
            where (mentee_id = \(actor) or mentor_id = \(actor)) and status in ('pending', 'scheduled') order by number
            """
        ).map { try $0.get("id") }
    }
}
