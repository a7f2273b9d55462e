package import PostgreSQL
package import Social
package import Wire

/// Which public posts a timeline shows.
package struct PublicTimeline: Sendable {
    package enum Source: Sendable {
        case everywhere, local, remote
    }

    package var source = Source.everywhere
    package var withMediaOnly = false
    /// Lower case, without `#`. Posts have at least one of `anyTags`, all of `allTags` and none of `noTags`.
    package var anyTags: [String] = []
    package var allTags: [String] = []
    package var noTags: [String] = []

    package init() {}
}

extension Queryable {
    /// What a home or a list shows to its owner.
    package func feed(_ feed: Int64, for owner: ActorID, _ page: Page) async throws -> [FeedEntry] {
        page.newestFirst(
            try await rows(
                """
                select \(FeedEntry.columns)
                from feed_entries entry join posts on posts.id = entry.post_id
                    left join boosts on boosts.id = entry.id and entry.id <> entry.post_id
                where entry.feed_id = \(feed) and \(page.holds("entry.id"))
                    and (entry.id = entry.post_id or boosts.id is not null)
                    and \(SQL.isVisible(to: .actor(owner))) and \(SQL.isWanted(by: owner, withBoosts: true))
                \(page.end(by: "entry.id"))
                """
            ).map(FeedEntry.init))
    }

    /// Posts that everybody may read; with tags, those that carry them.
    package func publicPosts(_ timeline: PublicTimeline, for viewer: Viewer, _ page: Page) async throws -> [FeedEntry] {
        var conditions: [SQL] = [
            "posts.visibility = 'public'", page.holds("posts.id"), SQL.isVisible(to: viewer),
            SQL.isShownUnasked, SQL.isWanted(by: viewer),
        ]
        switch timeline.source {
        case .everywhere: break
        case .local: conditions.append("posts.fetched_at is null")
        case .remote: conditions.append("posts.fetched_at is not null")
        }
        if timeline.withMediaOnly { conditions.append("posts.attachments <> '[]'") }
        if timeline.anyTags.isEmpty, timeline.allTags.isEmpty {
            // Answers to others belong to their threads.
            conditions.append("posts.reply_to_uri is null")
        } else {
            if !timeline.anyTags.isEmpty {
                conditions.append(
                    """
                    exists (select from post_tags t where t.post_id = posts.id
                        and t.name = any(\(timeline.anyTags)::text[]))
                    """)
            }
            for tag in timeline.allTags {
                conditions.append("exists (select from post_tags t where t.post_id = posts.id and t.name = \(tag))")
            }
            if !timeline.noTags.isEmpty {
                conditions.append(
                    """
                    not exists (select from post_tags t where t.post_id = posts.id
                        and t.name = any(\(timeline.noTags)::text[]))
                    """)
            }
        }
        return page.newestFirst(
            try await rows(
                """
                select \(Post.columns) from posts where \(SQL.joined(conditions, separator: " and "))
                \(page.end(by: "posts.id"))
                """
            ).map { FeedEntry(post: try Post($0)) })
    }
}

extension SQL {
    /// Whether a reader wants to see a row of `posts`, with the booster of a row of `boosts` where there is one:
    /// nothing of people or domains whom they mute or block.
    static func isWanted(by reader: ActorID, withBoosts: Bool = false) -> SQL {
        isWanted(byReader: "\(reader)", withBoosts: withBoosts)
    }

    /// Who is not of this community mutes and blocks nobody here.
    static func isWanted(by viewer: Viewer) -> SQL {
        if case .actor(let reader) = viewer { isWanted(by: reader) } else { "true" }
    }

    /// The same for a reader whose number is written so.
    static func isWanted(byReader reader: SQL, withBoosts: Bool = false) -> SQL {
        let people: SQL = withBoosts ? "(posts.author_id, boosts.actor_id)" : "(posts.author_id)"
        return """
            not exists (select from mutes where muter_id = \(reader) and muted_id in \(people)
                and (ends_at is null or ends_at > now()))
            and not exists (select from blocks where blocker_id = \(reader) and blocked_id in \(people))
            and not exists (select from domain_mutes join actors a on a.domain = domain_mutes.domain
                where domain_mutes.account_id = \(reader) and a.id in \(people))
            """
    }
}
