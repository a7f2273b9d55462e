package import Foundation
import JSONTree
package import PostgreSQL
package import Social
package import Wire

extension Queryable {
    /// Writes a post; nil when its address is taken.
    ///
    /// It joins the thread of what it answers, where that is known, and takes in posts that came before it and answer
    /// it. Posts from elsewhere are numbered by the time of publishing, but never before what they answer: clocks
    /// differ, and some servers tell whole seconds only.
    package func insertPost(
        _ uri: URI, by author: ActorID, content: Post.Content, publishedAt: Date, isRemote: Bool
    ) async throws -> Post? {
        let inserted = try await row(
            """
            with parent as (select id, thread_id from posts where uri = \(content.replyTo)),
                identity as (select case when \(isRemote) then
                    greatest(id_at(\(publishedAt)), id_after((select id from parent))) else next_id() end as id),
                post as (
            insert into posts (id, uri, author_id, kind, visibility, title, content, source, warning, is_sensitive,
                language, url, reply_to_id, reply_to_uri, context, thread_id, attachments, emojis, event,
                published_at, fetched_at)
            select identity.id, \(uri), \(author), \(content.kind), \(content.visibility), \(content.title),
                \(content.html), \(content.source), \(content.warning), \(content.isSensitive), \(content.language),
                \(content.url), (select id from parent), \(content.replyTo), \(content.context),
                coalesce((select thread_id from parent), identity.id), \(content.attachmentsText)::jsonb,
                \(content.emojisText)::jsonb, \(content.eventText)::jsonb, \(publishedAt),
                case when \(isRemote) then now() end
            from identity
            on conflict (uri) do nothing
            returning id, thread_id, reply_to_id
            ), addressees as (
                insert into post_addressees (post_id, actor_id, is_mentioned)
                select post.id, actor, mentioned
                from post, unnest(\(content.addressees.map(\.actor.rawValue))::bigint[],
                    \(content.addressees.map(\.isMentioned))::boolean[]) as given (actor, mentioned)
                on conflict do nothing
            ), tags as (
                insert into post_tags (post_id, name) select post.id, unnest(\(content.tags)::text[]) from post
                on conflict do nothing
            )
            select id, thread_id, reply_to_id from post
            """)
        guard let inserted else { return nil }
        let (id, thread): (PostID, PostID) = (try inserted.get("id"), try inserted.get("thread_id"))
        if let poll = content.poll { try await insert(poll, of: id) }
        try await adoptOrphans(of: uri, parent: id, thread: thread)
        // What people here write is told elsewhere with exactly what is kept of it.
        guard isRemote else { return try await storedPost(id) }
        return Post(
            id: id, uri: uri, author: author, thread: thread, replyTo: try inserted.get("reply_to_id"),
            content: content, publishedAt: publishedAt, editedAt: nil)
    }

    /// Gives a post another content. Poll options stay unless they changed, which ends all votes.
    ///
    /// - Parameter editedAt: nil where it says the same as before; else how it read before is kept.
    package func updatePost(_ post: Post, content: Post.Content, editedAt: Date?, isRemote: Bool) async throws {
        if editedAt != nil { try await keepVersion(of: post) }
        _ = try await execute(
            """
            update posts set kind = \(content.kind), visibility = \(content.visibility), title = \(content.title),
                content = \(content.html), source = \(content.source), warning = \(content.warning),
                is_sensitive = \(content.isSensitive), language = \(content.language), url = \(content.url),
                attachments = \(content.attachmentsText)::jsonb, emojis = \(content.emojisText)::jsonb,
                event = \(content.eventText)::jsonb, edited_at = coalesce(\(editedAt), edited_at),
                fetched_at = case when \(isRemote) then now() end
            where id = \(post.id)
            """)
        _ = try await execute("delete from post_addressees where post_id = \(post.id)")
        _ = try await execute("delete from post_tags where post_id = \(post.id)")
        try await saveParts(of: content, post: post.id)
        try await update(post.content.poll, to: content.poll, of: post.id)
    }

    /// Remembers where somebody vouches that a post is a welcome answer.
    package func approve(_ post: PostID, at approval: URI) async throws {
        _ = try await execute("update posts set approval_uri = \(approval), refused_at = null where id = \(post)")
    }

    /// Remembers that somebody does not want a post as an answer. What of it still waits to be delivered goes to
    /// nobody: an activity that is gone is not sent.
    package func refuse(_ post: PostID) async throws {
        _ = try await execute(
            "update posts set refused_at = coalesce(refused_at, now()), approval_uri = null where id = \(post)")
        _ = try await execute(
            """
            delete from activities using posts
            where posts.id = \(post) and post_id = posts.id and actor_id = author_id
                and activities.kind in ('Create', 'Update')
            """)
    }

    /// Deletes a post with everything about it, and remembers that it was there.
    package func deletePost(_ post: Post, isOurs: Bool) async throws {
        _ = try await execute("delete from posts where id = \(post.id)")
        try await insertTombstone(post.uri, formerType: post.content.kind.rawValue, isOurs: isOurs)
    }

    private func keepVersion(of post: Post) async throws {
        let content = post.content
        _ = try await execute(
            """
            insert into post_versions (post_id, content, warning, is_sensitive, attachments, poll_options, created_at)
            values (\(post.id), \(content.html), \(content.warning), \(content.isSensitive),
                \(content.attachmentsText)::jsonb, \(content.poll?.options.map(\.title)),
                \(post.editedAt ?? post.publishedAt))
            """)
    }

    private func saveParts(of content: Post.Content, post: PostID) async throws {
        if !content.addressees.isEmpty {
            _ = try await execute(
                """
                insert into post_addressees (post_id, actor_id, is_mentioned)
                select \(post), actor, mentioned
                from unnest(\(content.addressees.map(\.actor.rawValue))::bigint[],
                    \(content.addressees.map(\.isMentioned))::boolean[]) as given (actor, mentioned)
                on conflict do nothing
                """)
        }
        if !content.tags.isEmpty {
            _ = try await execute(
                """
                insert into post_tags (post_id, name) select \(post), unnest(\(content.tags)::text[])
                on conflict do nothing
                """)
        }
    }

    /// In one update, because a statement can change a row but once.
    private func adoptOrphans(of uri: URI, parent: PostID, thread: PostID) async throws {
        try await submit(
            """
            with orphans as (
                select id, thread_id from posts
                where reply_to_uri = \(uri) and reply_to_id is null and id <> \(parent)
            )
            update posts set thread_id = \(thread),
                reply_to_id = case when id in (select id from orphans) then \(parent) else reply_to_id end
            where thread_id in (select thread_id from orphans)
            """)
    }
}

extension Post.Content {
    fileprivate var attachmentsText: String { JSON.array(attachments.map(\.json)).serializedText() }
    fileprivate var emojisText: String { JSON.array(emojis.map(\.json)).serializedText() }
    fileprivate var eventText: String? { event?.json.serializedText() }
}
