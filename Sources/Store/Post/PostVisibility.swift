import PostgreSQL
import Social
import Wire

extension SQL {
    /// Whether a row of `posts` is shown to who did not look for it, in lists for everybody: of limited hosts only what
    /// somebody here follows, or what stands in a thread in which somebody here took part.
    static let isShownUnasked: SQL = """
        (posts.fetched_at is null or \(hasNoRules) or judge_domain(uri_host(posts.uri), 'open') = 'open'
            or exists (select from follows join accounts on accounts.actor_id = follower_id
                where followed_id = posts.author_id and state = 'accepted')
            or exists (select from posts other join accounts on accounts.actor_id = other.author_id
                where other.thread_id = posts.thread_id))
        """

    /// Whether a viewer may see a row of `posts`: the one rule for every entrance and exit.
    ///
    /// Open posts are for all; those for followers for accepted followers; every post for its author and for those whom
    /// it names. Nobody sees what a person wrote who blocks them, who is gone, whose server suspended them, or with
    /// whose server this community has nothing to do, however it came here (CVE-2026-23961).
    static func isVisible(to viewer: Viewer) -> SQL {
        switch viewer {
        case .nobody: return "(\(isOpen) and \(isShown))"
        case .actor(let actor): return isVisible(toReader: "\(actor)")
        case .server(let domain):
            return """
                (\(isShown)
                    and (\(isOpen)
                        or exists (
                            select from post_addressees a join actors on actors.id = a.actor_id
                            where a.post_id = posts.id and actors.domain = \(domain)
                                and not exists (
                                    select from blocks
                                    where blocker_id = posts.author_id and blocked_id = a.actor_id))
                        or posts.visibility = 'followers' and exists (
                            select from follows join actors on actors.id = follower_id
                            where followed_id = posts.author_id and state = 'accepted' and actors.domain = \(domain))))
                """
        }
    }

    /// The same for a person of this community whose number is written so.
    static func isVisible(toReader actor: SQL) -> SQL {
        """
        (posts.author_id = \(actor) or \(isShown)
            and not exists (
                select from blocks where blocker_id = posts.author_id and blocked_id = \(actor))
            and (\(isOpen)
                or exists (select from post_addressees a where a.post_id = posts.id and a.actor_id = \(actor))
                or posts.visibility = 'followers' and exists (
                    select from follows
                    where followed_id = posts.author_id and follower_id = \(actor) and state = 'accepted')))
        """
    }

    private static let isOpen: SQL = "posts.visibility in ('public', 'unlisted')"
    private static let isShown: SQL = """
        not exists (select from actors author
            where author.id = posts.author_id and (author.gone_at is not null or author.suspended_at is not null))
        and (posts.fetched_at is null or \(hasNoRules) or judge_domain(uri_host(posts.uri), 'open') <> 'refused')
        """
}
