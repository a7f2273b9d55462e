package import PostgreSQL
package import Social

extension Queryable {
    /// All rules by name.
    package func domainRules() async throws -> [DomainRule] {
        try await rows("select \(DomainRule.columns) from domain_rules order by domain").map(DomainRule.init)
    }

    package func domainRule(_ domain: DomainName) async throws -> DomainRule? {
        try await row("select \(DomainRule.columns) from domain_rules where domain = \(domain)").map(DomainRule.init)
    }

    /// A number that changes with every change of the rules.
    package func domainRulesVersion() async throws -> Int64 {
        guard let row = try await row("select version from domain_rules_version") else {
            throw StoreError.nothingReturned
        }
        return try row.get("version")
    }

    /// Makes this the only rule about its domain.
    package func save(_ rule: DomainRule) async throws {
        _ = try await execute(
            """
            insert into domain_rules (domain, kind, reason, author, created_at)
            values (\(rule.domain), \(rule.kind), \(rule.reason), \(rule.author), \(rule.createdAt))
            on conflict (domain) do update set kind = excluded.kind, reason = excluded.reason,
                author = excluded.author, created_at = excluded.created_at
            """)
    }

    package func deleteDomainRule(_ domain: DomainName) async throws {
        _ = try await execute("delete from domain_rules where domain = \(domain)")
    }
}

// MARK: - Domains that wait to be let in

extension Queryable {
    /// Notes that a domain came. At most `limit` are kept; those that have not come for longest make room.
    package func noteDomainRequest(_ domain: DomainName, limit: Int) async throws {
        _ = try await execute(
            """
            insert into domain_requests (domain) values (\(domain))
            on conflict (domain) do update set last_seen = now(), attempts = least(domain_requests.attempts, 999999) + 1
            """)
        _ = try await execute(
            """
            delete from domain_requests where domain in (
                select domain from domain_requests order by last_seen desc, domain offset \(limit))
            """)
    }

    /// The domains that wait, those that came last first.
    package func domainRequests() async throws -> [DomainRequest] {
        try await rows(
            "select domain, first_seen, last_seen, attempts from domain_requests order by last_seen desc, domain"
        ).map(DomainRequest.init)
    }

    /// Forgets the requests that a rule about a domain has answered.
    package func deleteDomainRequests(below domain: DomainName) async throws {
        _ = try await execute("delete from domain_requests where \(domain) = any(domain_and_parents(domain))")
    }
}

extension DomainName: SQLEncodable, SQLDecodable {
    package var sqlText: SQLText { description.sqlText }

    package init?(sqlText: String) { self.init(sqlText) }
}

extension DomainRule.Kind: SQLEncodable, SQLDecodable {}

extension DomainRule {
    static let columns: SQL = "domain, kind, reason, author, created_at"

    init(_ row: Row) throws {
        self.init(
            domain: try row.get("domain"), kind: try row.get("kind"), reason: try row.get("reason"),
            author: try row.get("author"), createdAt: try row.get("created_at"))
    }
}

extension DomainRequest {
    init(_ row: Row) throws {
        self.init(
            domain: try row.get("domain"), firstSeen: try row.get("first_seen"), lastSeen: try row.get("last_seen"),
            attempts: try row.get("attempts"))
    }
}
