package import Foundation
package import PostgreSQL
package import Social
package import Wire

// Each of these writes nothing while nobody listens. None notifies: a NOTIFY in each of them would let transactions end
// only one after the other.

extension Queryable {
    /// Notes what happened to a post, or by it.
    ///
    /// - Parameter boost: the boost that came or went.
    package func insertStreamEvent(_ kind: StreamEvent.Kind, post: PostID, by actor: ActorID, boost: Int64? = nil)
        async throws
    {
        try await submit(
            """
            insert into stream_events (kind, actor_id, post_id, entries)
            select \(kind.rawValue), \(actor), \(post), array[coalesce(\(boost), \(post))]::bigint[]
            where \(SQL.isAnybodyListening)
            """)
    }

    /// Notes that a post reads differently now.
    package func insertStreamEvent(ofEdited post: Post) async throws {
        try await submit(
            """
            insert into stream_events (kind, actor_id, post_id, entries)
            select 'edited', \(post.author), \(post.id), \(SQL.entries(of: post.id)) where \(SQL.isAnybodyListening)
            """)
    }

    /// Notes that a post goes, with what has to be known of it when it is gone. Before it is.
    package func insertStreamEvent(ofDeleted post: Post, isLocal: Bool) async throws {
        let content = post.content
        let people = [post.author] + content.addressees.map(\.actor)
        try await submit(
            """
            insert into stream_events (kind, actor_id, post_id, entries, thread_id, is_public, is_local, is_reply,
                has_media, tags, people)
            select 'deleted', \(post.author), \(post.id), \(SQL.entries(of: post.id)), \(post.thread),
                \(content.visibility == .public), \(isLocal), \(content.replyTo != nil),
                \(!content.attachments.isEmpty),
                \(content.tags)::text[], \(people.map(\.rawValue))::bigint[]
            where \(SQL.isAnybodyListening)
            """)
    }

    /// Notes that somebody did something about another of which the other may have been notified.
    package func insertStreamEvent(ofRelationBy actor: ActorID) async throws {
        try await submit(
            """
            insert into stream_events (kind, actor_id) select 'related', \(actor) where \(SQL.isAnybodyListening)
            """)
    }

    /// Notes that somebody's filters changed.
    package func insertStreamEvent(ofFiltersOf owner: ActorID) async throws {
        try await submit(
            """
            insert into stream_events (kind, actor_id) select 'filtered', \(owner) where \(SQL.isAnybodyListening)
            """)
    }
}

extension Queryable {
    package func isAnybodyListening() async throws -> Bool {
        try await row("select \(SQL.isAnybodyListening) as is_so").map { try $0.get("is_so") } ?? false
    }

    /// Says that somebody listens on a server, until it is said again or so many seconds have passed.
    ///
    /// - Returns: for how many seconds somebody has been listening to the same events already.
    package func listenToStreams(on server: UUID, seconds: Int) async throws -> Double {
        try await row(
            """
            insert into stream_listeners as listener (server, until)
            values (\(server), now() + make_interval(secs => \(seconds)))
            on conflict (server) do update set until = excluded.until,
                since = case when listener.until > now() then listener.since else now() end
            returning coalesce(
                (select extract(epoch from now() - min(since)) from stream_listeners where until > now()), 0)
                ::float8 as age
            """
        ).map { try $0.get("age") } ?? 0
    }

    package func stopListeningToStreams(on server: UUID) async throws {
        _ = try await execute("delete from stream_listeners where server = \(server)")
    }

    /// Where events that are not there yet will stand.
    package func streamPosition() async throws -> String? {
        try await row("select pg_current_snapshot()::text as position").map { try $0.get("position") }
    }

    /// The events behind a position in the order of writing, each exactly once: those of transactions that had not
    /// ended then and have ended now. A transaction that takes long holds up nothing but its own. Where the database
    /// has fallen back behind the position, because another server of it took over, reading begins anew.
    ///
    /// - Returns: also the next position.
    package func streamEvents(after position: String) async throws -> (events: [StreamEvent], position: String) {
        let rows = try await rows(
            """
            select pg_current_snapshot()::text as position, \(StreamEvent.columns)
            from (
                select case when pg_snapshot_xmax(given) > pg_snapshot_xmax(pg_current_snapshot())
                    then pg_current_snapshot() else given end as snapshot
                from (select \(position)::pg_snapshot as given) position) before
                left join stream_events event on event.xid >= pg_snapshot_xmin(before.snapshot)
                    and not pg_visible_in_snapshot(event.xid, before.snapshot)
            order by event.id
            """)
        guard let next: String = try rows.first?.get("position") else { throw StoreError.nothingReturned }
        return (try rows.compactMap(StreamEvent.init), next)
    }

    /// Forgets what everybody who listens has heard by now.
    package func sweepStreams() async throws {
        _ = try await execute("delete from stream_events where at < now() - interval '1 minute'")
        _ = try await execute("delete from stream_listeners where until < now() - interval '1 hour'")
    }
}

extension SQL {
    fileprivate static let isAnybodyListening: SQL = "exists (select from stream_listeners where until > now())"

    fileprivate static func entries(of post: PostID) -> SQL {
        """
        array[\(post)]::bigint[] || array(select id from boosts where post_id = \(post) order by id desc limit 100)
        """
    }
}
