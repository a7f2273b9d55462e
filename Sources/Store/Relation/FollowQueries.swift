package import Foundation
package import PostgreSQL
package import Social
package import Wire

extension Queryable {
    /// Writes a follow, or gives an existing one a new activity; a follow that is accepted already stays so.
    @discardableResult
    package func saveFollow(
        by follower: ActorID, of followed: ActorID, uri: URI, state: Follow.State
    ) async throws -> Follow {
        let saved = try await row(
            """
            insert into follows (follower_id, followed_id, uri, state)
            values (\(follower), \(followed), \(uri), \(state))
            on conflict (follower_id, followed_id) do update set uri = excluded.uri,
                state = case when follows.state = 'accepted' then follows.state else excluded.state end
            returning \(Follow.columns)
            """)
        guard let saved else { throw StoreError.nothingReturned }
        return try Follow(saved)
    }

    package func follow(by follower: ActorID, of followed: ActorID) async throws -> Follow? {
        try await row(
            "select \(Follow.columns) from follows where follower_id = \(follower) and followed_id = \(followed)"
        ).map(Follow.init)
    }

    /// The follow that somebody asked for with an activity of this id.
    package func follow(_ uri: URI, by follower: ActorID) async throws -> Follow? {
        try await row(
            "select \(Follow.columns) from follows where follower_id = \(follower) and uri = \(uri)"
        ).map(Follow.init)
    }

    /// The follow with this activity whose other side is `followed`.
    package func follow(_ uri: URI, of followed: ActorID) async throws -> Follow? {
        try await row(
            "select \(Follow.columns) from follows where followed_id = \(followed) and uri = \(uri)"
        ).map(Follow.init)
    }

    package func acceptFollow(_ id: Int64) async throws {
        try await submit("update follows set state = 'accepted' where id = \(id)")
    }

    /// Ends a follow; nil when there was none.
    package func deleteFollow(by follower: ActorID, of followed: ActorID) async throws -> Follow? {
        try await row(
            """
            delete from follows where follower_id = \(follower) and followed_id = \(followed)
            returning \(Follow.columns)
            """
        ).map(Follow.init)
    }

    /// Lets one transaction at a time decide about two people, in whichever direction.
    package func lockRelation(_ actor: ActorID, _ other: ActorID) async throws {
        let pair = [actor.rawValue, other.rawValue].sorted()
        try await submit(
            "select pg_advisory_xact_lock(hashtextextended(\("relation \(pair[0]) \(pair[1])"), 0))")
    }

    package func relation(of actor: ActorID, to other: ActorID) async throws -> Relation {
        let row = try await row(
            """
            select
                (select state from follows where follower_id = \(actor) and followed_id = \(other)) as follows,
                (select state from follows where follower_id = \(other) and followed_id = \(actor)) as followed,
                exists (select from blocks where blocker_id = \(actor) and blocked_id = \(other)) as blocks,
                exists (select from blocks where blocker_id = \(other) and blocked_id = \(actor)) as blocked
            """)
        guard let row else { throw StoreError.nothingReturned }
        return Relation(
            follows: try row.get("follows"), isFollowedBy: try row.get("followed"), blocks: try row.get("blocks"),
            isBlockedBy: try row.get("blocked"))
    }

    /// Whether anybody of this community reads what an actor writes.
    package func hasLocalFollowers(_ actor: ActorID) async throws -> Bool {
        try await row(
            """
            select from follows join accounts on accounts.actor_id = follower_id
            where followed_id = \(actor) and state = 'accepted' limit 1
            """) != nil
    }

    package func hasFollowersElsewhere(_ actor: ActorID) async throws -> Bool {
        try await row(
            """
            select from follows join actors on actors.id = follower_id
            where followed_id = \(actor) and state = 'accepted' and domain is not null limit 1
            """) != nil
    }

    /// People of this community who follow an actor, also those who wait to be accepted.
    package func localFollows(of actor: ActorID) async throws -> [Follow] {
        try await rows(
            """
            select \(Follow.columns) from follows join accounts on accounts.actor_id = follower_id
            where followed_id = \(actor) order by follows.id
            """
        ).map(Follow.init)
    }

    package func follows(of followed: ActorID, in state: Follow.State) async throws -> [Follow] {
        try await rows(
            "select \(Follow.columns) from follows where followed_id = \(followed) and state = \(state) order by id"
        ).map(Follow.init)
    }

    package func follows(by follower: ActorID) async throws -> [Follow] {
        try await rows("select \(Follow.columns) from follows where follower_id = \(follower) order by id")
            .map(Follow.init)
    }

    /// Lets one transaction at a time decide whether people of a domain may follow once more.
    package func lockFollows(from domain: DomainName) async throws {
        _ = try await row("select pg_advisory_xact_lock(hashtextextended(\("follows \(domain)"), 0))")
    }

    /// When the latest follows began whose followers live on hosts of a domain that are known since a time only; the
    /// last first.
    package func followTimes(
        of domain: DomainName, fromHostsKnownAfter known: Date, since: Date, limit: Int
    ) async throws -> [Date] {
        try await rows(
            """
            select follows.created_at from follows
            join actors on actors.id = follower_id
            join hosts on host = substring(actors.uri from '^[a-z]+://([^/?#]+)') and known_since > \(known)
            where follows.id > (floor(extract(epoch from \(since)) * 1000)::bigint << 16)
                and follows.created_at > \(since) and \(domain) = any(domain_and_parents(uri_host(actors.uri)))
            order by follows.created_at desc limit \(limit)
            """
        ).map { try $0.get("created_at") }
    }
}

/// Which end of accepted follows a list shows.
package enum FollowSide: Sendable {
    case followers, following
}

extension Queryable {
    package func followCount(_ side: FollowSide, of actor: ActorID) async throws -> Int {
        try await row("select count(*) as n from follows where \(side.own) = \(actor) and state = 'accepted'")
            .map { try $0.get("n") } ?? 0
    }

    /// Those at the other end, the latest first, before a position of an earlier page.
    package func followed(_ side: FollowSide, of actor: ActorID, before: Int64?, limit: Int) async throws
        -> [(position: Int64, actor: Actor)]
    {
        try await rows(
            """
            select follows.id as position, \(Actor.columns) from follows join actors on actors.id = \(side.other)
            where \(side.own) = \(actor) and state = 'accepted' and gone_at is null
                and follows.id < coalesce(\(before), 9223372036854775807)
            order by follows.id desc limit \(limit)
            """
        ).map { (try $0.get("position"), try Actor($0)) }
    }
}

extension FollowSide {
    fileprivate var own: SQL { self == .followers ? "followed_id" : "follower_id" }
    fileprivate var other: SQL { self == .followers ? "follower_id" : "followed_id" }
}

extension Follow {
    static let columns: SQL = """
        follows.id, follows.follower_id, follows.followed_id, follows.uri, follows.state, follows.created_at
        """

    init(_ row: Row) throws {
        self.init(
            id: try row.get("id"), follower: try row.get("follower_id"), followed: try row.get("followed_id"),
            uri: try row.get("uri"), state: try row.get("state"), createdAt: try row.get("created_at"))
    }
}
