package import Foundation
package import PostgreSQL
package import Social
package import Wire

extension Queryable {
    package func neighbour(_ id: ActorID) async throws -> Neighbour? {
        try await row("select \(Neighbour.columns) from neighbours where actor_id = \(id)").map(Neighbour.init)
    }

    package func neighbour(at host: String) async throws -> Neighbour? {
        try await row("select \(Neighbour.columns) from neighbours where host = \(host)").map(Neighbour.init)
    }

    /// The same for somebody who is going to change what is known of it: nobody else does until this transaction ends.
    package func lockNeighbour(_ id: ActorID) async throws -> Neighbour? {
        try await row("select \(Neighbour.columns) from neighbours where actor_id = \(id) for update").map(Neighbour.init)
    }

    /// Remembers that a community's mentors are to be found here; where it is known already, with what it says now.
    package func saveNeighbour(_ id: ActorID, host: String, address: URI) async throws {
        _ = try await execute("delete from neighbours where host = \(host) and actor_id <> \(id)")
        _ = try await execute(
            """
            insert into neighbours (actor_id, host, address) values (\(id), \(host), \(address))
            on conflict (actor_id) do update set host = excluded.host, address = excluded.address, failure = null,
                failures = 0, rests_until = now()
            """)
    }

    package func deleteNeighbour(_ id: ActorID) async throws {
        _ = try await execute("delete from neighbours where actor_id = \(id)")
    }

    /// Something was heard by which what is known of a community's directory may be wrong; it is asked again at once.
    package func doubtNeighbour(_ id: ActorID) async throws {
        _ = try await execute(
            """
            update neighbours set doubts = doubts + 1, failures = 0, rests_until = now()
            where actor_id = \(id)
            """)
    }

    package func setRevision(_ revision: Int?, ofNeighbour id: ActorID) async throws {
        _ = try await execute("update neighbours set revision = \(revision) where actor_id = \(id)")
    }

    /// A community was heard: what was not to be asked of it for a while can be asked now.
    package func wakeNeighbour(_ id: ActorID) async throws {
        _ = try await execute(
            "update neighbours set failures = 0, rests_until = now() where actor_id = \(id) and rests_until > now()")
    }

    /// Writes that a directory was read.
    ///
    /// - Parameters:
    ///   - settled: the doubts that there were when it began.
    ///   - remark: what was wrong with it.
    package func neighbourWasRead(_ id: ActorID, settled: Int, remark: String?) async throws {
        _ = try await execute(
            """
            update neighbours set read_at = now(), tried_at = now(), settled = \(settled), failure = \(remark),
                failures = 0, rests_until = now()
            where actor_id = \(id)
            """)
    }

    /// Writes that a community could not be asked. Nothing is asked of it for a minute, then longer, at most an hour.
    package func neighbourFailed(_ id: ActorID, because reason: String) async throws {
        _ = try await execute(
            """
            update neighbours set tried_at = now(), failure = \(reason), failures = least(failures + 1, 1000),
                rests_until = now() + least(60 * power(2, least(failures, 10)), 3600) * interval '1 second'
            where actor_id = \(id)
            """)
    }

    /// Communities of which something is to be asked now.
    ///
    /// - Parameter time: whose next free time was asked for before it is asked for again.
    package func neighboursWithWork(now: Date, timesBefore time: Date) async throws -> [Neighbour] {
        try await rows(
            """
            select \(Neighbour.columns) from neighbours
            where rests_until <= now() and \(Neighbour.isAccepted)
                and (read_at is null or doubts > settled
                    or read_at < \(now.addingTimeInterval(-Neighbour.freshness))
                    or exists (select from neighbour_mentors
                        where neighbour_id = neighbours.actor_id and fetch_at <= now())
                    or exists (select from neighbour_mentors join actors using (uri)
                        join mentor_profiles on mentor_profiles.actor_id = actors.id
                        where neighbour_id = neighbours.actor_id and is_listed and gone_at is null
                            and times_address is not null and is_accepting and audience = 'anyone'
                            and (times_asked_at is null or times_asked_at < \(time))))
            order by actor_id
            """
        ).map(Neighbour.init)
    }

    /// Communities of a domain whose mentors are to be found here.
    package func neighbours(of domain: DomainName) async throws -> [Neighbour] {
        try await rows(
            """
            select \(Neighbour.columns) from neighbours
            where domain_decides(\(domain), split_part(host, ':', 1)) order by actor_id
            """
        ).map(Neighbour.init)
    }
}

// MARK: - For people

/// With whom mentors are exchanged, and how that goes.
package struct ExchangeReport: Sendable {
    package enum Agreement: String, SQLEncodable, SQLDecodable, Sendable {
        case no, pending, accepted, refused
    }

    /// The community's own actor.
    package let actor: ActorID
    package let host: String
    /// As the community calls itself.
    package let name: String
    /// Whether we want to show its mentors, and it agreed.
    package let followed: Agreement
    /// The same for ours there.
    package let following: Agreement
    /// Mentors in its directory, and of these those that are known here.
    package let listed: Int
    package let known: Int
    package let readAt: Date?
    package let triedAt: Date?
    package let failure: String?
}

extension Queryable {
    /// Everybody with whom the community of an actor exchanges mentors or is asked to, by name.
    package func exchanges(of instanceActor: ActorID) async throws -> [ExchangeReport] {
        try await rows(
            """
            select actors.id, coalesce(host, substring(actors.uri from '^[a-z]+://([^/?#]+)')) as host, name,
                case when neighbours.actor_id is null then 'no' else coalesce(ours.state, 'refused') end as followed,
                coalesce(theirs.state, 'no') as following, read_at, tried_at, failure,
                (select count(*) from neighbour_mentors where neighbour_id = actors.id and is_listed) as listed,
                (select count(*) from neighbour_mentors join actors people using (uri)
                    join mentor_profiles on mentor_profiles.actor_id = people.id
                    where neighbour_id = actors.id and is_listed) as known
            from actors left join neighbours on neighbours.actor_id = actors.id
                left join follows ours on ours.followed_id = actors.id and ours.follower_id = \(instanceActor)
                left join follows theirs on theirs.follower_id = actors.id and theirs.followed_id = \(instanceActor)
            where neighbours.actor_id is not null
                or (theirs.id is not null and actors.domain is not null)
            order by 2
            """
        ).map(ExchangeReport.init)
    }

    /// What the communities at some hosts call themselves, as far as that is known.
    package func communityNames(of hosts: Set<String>) async throws -> [String: String] {
        guard !hosts.isEmpty else { return [:] }
        let found = try await rows(
            """
            select host, name from neighbours join actors on actors.id = actor_id
            where host = any(\(hosts.sorted())::text[]) and name <> ''
            """)
        return Dictionary(try found.map { (try $0.get("host"), try $0.get("name")) }) { first, _ in first }
    }
}

extension ExchangeReport {
    fileprivate init(_ row: Row) throws {
        self.init(
            actor: try row.get("id"), host: try row.get("host"), name: try row.get("name"),
            followed: try row.get("followed"), following: try row.get("following"),
            listed: try row.get("listed"), known: try row.get("known"), readAt: try row.get("read_at"),
            triedAt: try row.get("tried_at"), failure: try row.get("failure"))
    }
}

extension Neighbour {
    fileprivate static let isAccepted: SQL = """
        exists (select from follows join actors on actors.id = follower_id
            where followed_id = neighbours.actor_id and state = 'accepted' and actors.domain is null
                and actors.kind = 'Application')
        """

    fileprivate static let columns: SQL = """
        actor_id, host, address, revision, doubts, settled, read_at, \(isAccepted) as is_accepted
        """

    fileprivate init(_ row: Row) throws {
        self.init(
            id: try row.get("actor_id"), host: try row.get("host"), address: try row.get("address"),
            revision: try row.get("revision"), doubts: try row.get("doubts"), settled: try row.get("settled"),
            readAt: try row.get("read_at"), isAccepted: try row.get("is_accepted"))
    }
}
