package import PostgreSQL
package import Social

extension Queryable {
    /// What a block of a domain would end or strand now.
    package func effects(ofBlocking domain: DomainName) async throws -> DomainEffects {
        let found = try await row(
            """
            with there as (\(SQL.actors(of: domain)))
            select (select count(*) from there) as actors,
                (select count(*) from follows where follower_id in (select id from there)) as followers,
                (select count(*) from follows where followed_id in (select id from there)) as following,
                (select count(*) from jobs where \(SQL.isDelivery(to: domain))) as deliveries,
                (select count(*) from sessions where status in ('pending', 'scheduled')
                    and (mentee_id in (select id from there) or mentor_id in (select id from there))) as sessions
            """)
        guard let found else { throw StoreError.nothingReturned }
        return DomainEffects(
            actors: try found.get("actors"), followers: try found.get("followers"),
            following: try found.get("following"), deliveries: try found.get("deliveries"),
            sessions: try found.get("sessions"))
    }

    /// Ends the follows in both directions between people here and a domain.
    package func endFollows(with domain: DomainName) async throws {
        _ = try await execute(
            """
            with there as (\(SQL.actors(of: domain)))
            delete from follows
            where follower_id in (select id from there) or followed_id in (select id from there)
            """)
    }

    /// Drops what waits to be delivered to a domain, dead letters among it.
    package func dropDeliveries(to domain: DomainName) async throws {
        _ = try await execute("delete from jobs where \(SQL.isDelivery(to: domain))")
    }
}

extension SQL {
    /// The ids of the actors elsewhere about whom a rule on a domain decides, by the host of their id or of their
    /// handle.
    fileprivate static func actors(of domain: DomainName) -> SQL {
        """
        select id from actors where domain is not null
            and (domain_decides(\(domain), uri_host(uri)) or domain_decides(\(domain), split_part(domain, ':', 1)))
        """
    }

    /// Whether a job hands something to a domain: deliveries share a lane by the authority of the inbox.
    fileprivate static func isDelivery(to domain: DomainName) -> SQL {
        "kind = 'deliver' and domain_decides(\(domain), split_part(lane, ':', 1))"
    }

    /// What the rules say of an actor's server, 'open', 'limited' or 'refused', for queries over the table `actors`
    /// that make lists of what people did: nothing of a refused one is shown, however it came here (CVE-2026-23961).
    package static func judgementOfActor(mode: FederationMode) -> SQL {
        "(case when actors.domain is null then 'open' else judge_domain(uri_host(actors.uri), \(mode.rawValue)) end)"
    }

    /// Where there are no rules, nobody has to be asked one by one, which takes longer than all else.
    static let hasNoRules: SQL = "not exists (select from domain_rules)"

    /// Whether a row of `actors` is of a limited host.
    static var isOfLimitedHost: SQL {
        "(not \(hasNoRules) and \(judgementOfActor(mode: .open)) = 'limited')"
    }

    /// Whether a row of `actors` is of this community, or of a host without a rule against it.
    static var isOfOpenHost: SQL {
        "(\(hasNoRules) or \(judgementOfActor(mode: .open)) = 'open')"
    }
}
