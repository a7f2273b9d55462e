package import PostgreSQL
package import Social
package import Wire

/// A thread of direct posts as one person sees it.
package struct Conversation: Sendable {
    package let id: Int64
    package let isUnread: Bool
    package let lastPost: Post
}

extension Queryable {
    /// Puts a direct post on top of the conversations of everybody here who takes part; unread but for its author.
    package func saveConversations(of post: Post) async throws {
        let people = [post.author] + post.content.addressees.map(\.actor)
        try await submit(
            """
            insert into conversations (account_id, thread_id, last_post_id, is_unread)
            select actor_id, \(post.thread), \(post.id), actor_id <> \(post.author)
            from accounts where actor_id = any(\(people.map(\.rawValue))::bigint[])
            on conflict (account_id, thread_id) do update set is_unread = excluded.is_unread, is_hidden = false,
                last_post_id = greatest(conversations.last_post_id, excluded.last_post_id)
            """)
    }

    /// Lets conversations end with the post before one that goes.
    package func leaveConversations(_ post: Post) async throws {
        try await submit(
            """
            update conversations set last_post_id = before.id
            from (
                select c.id as conversation, max(p.id) as id
                from conversations c join posts p on p.thread_id = c.thread_id and p.visibility = 'direct'
                    and p.id <> \(post.id)
                    and (p.author_id = c.account_id
                        or exists (select from post_addressees a where a.post_id = p.id and a.actor_id = c.account_id))
                where c.last_post_id = \(post.id)
                group by c.id
            ) before
            where conversations.id = before.conversation
            """)
    }

    /// With the position of each, by which pages go on.
    package func conversations(of account: ActorID, _ page: Page) async throws -> [Conversation] {
        page.newestFirst(
            try await rows(
                """
                select conversations.id as conversation, is_unread, \(Post.columns)
                from conversations join posts on posts.id = last_post_id
                where account_id = \(account) and not is_hidden and \(page.holds("last_post_id"))
                    and \(SQL.isVisible(to: .actor(account))) and \(SQL.isWanted(by: account))
                \(page.end(by: "last_post_id"))
                """
            ).map(Conversation.init))
    }

    package func conversation(_ id: Int64, of account: ActorID) async throws -> Conversation? {
        try await row(
            """
            select conversations.id as conversation, is_unread, \(Post.columns)
            from conversations join posts on posts.id = last_post_id
            where conversations.id = \(id) and account_id = \(account) and \(SQL.isVisible(to: .actor(account)))
            """
        ).map(Conversation.init)
    }

    package func markConversationRead(_ id: Int64, of account: ActorID) async throws {
        _ = try await execute(
            "update conversations set is_unread = false where id = \(id) and account_id = \(account)")
    }

    /// Until the next message. False when there is no such conversation.
    package func hideConversation(_ id: Int64, of account: ActorID) async throws -> Bool {
        try await execute("update conversations set is_hidden = true where id = \(id) and account_id = \(account)") == 1
    }
}

extension Conversation {
    init(_ row: Row) throws {
        id = try row.get("conversation")
        isUnread = try row.get("is_unread")
        lastPost = try Post(row)
    }
}
