package import Foundation
package import Mentoring
package import PostgreSQL
import Social
package import Wire

extension Queryable {
    /// Gives the offer's number.
    package func insertPrivateOffer(
        _ terms: PrivateOffer.Terms, by mentor: ActorID, for reader: ActorID?, token hash: [UInt8], at now: Date
    ) async throws -> Int64 {
        let inserted = try await row(
            """
            insert into private_offers (mentor_id, token_hash, reader_id, kind_name, kind_label, kind_pricing, minutes,
                rate_amount, rate_currency, rate_per, message, starts, created_at, expires_at)
            values (\(mentor), \(hash), \(reader), \(terms.kind.name), \(terms.kind.label), \(terms.kind.pricing),
                \(terms.minutes), \(terms.rate?.amount), \(terms.rate?.currency.code), \(terms.rate?.per),
                \(terms.message), \(terms.starts)::timestamptz[], \(now), \(terms.expiresAt))
            returning id
            """)
        guard let inserted else { throw StoreError.nothingReturned }
        return try inserted.get("id")
    }

    package func privateOffer(token hash: [UInt8]) async throws -> PrivateOffer? {
        try await row("select \(PrivateOffer.columns) from private_offers where token_hash = \(hash)")
            .map(PrivateOffer.init)
    }

    /// For whoever is going to take it: of two at the same moment the second sees what became of it.
    package func lockPrivateOffer(token hash: [UInt8]) async throws -> PrivateOffer? {
        try await row("select \(PrivateOffer.columns) from private_offers where token_hash = \(hash) for update")
            .map(PrivateOffer.init)
    }

    package func lockPrivateOffer(_ id: Int64, of mentor: ActorID) async throws -> PrivateOffer? {
        try await row(
            """
            select \(PrivateOffer.columns) from private_offers where id = \(id) and mentor_id = \(mentor) for update
            """
        ).map(PrivateOffer.init)
    }

    /// The offers of a mentor, newest first.
    package func privateOffers(
        of mentor: ActorID, isOpen: Bool?, before: Int64?, limit: Int, now: Date
    ) async throws -> [PrivateOffer] {
        try await rows(
            """
            select \(PrivateOffer.columns) from private_offers
            where mentor_id = \(mentor) and id < coalesce(\(before), 9223372036854775807)
                and (\(isOpen)::boolean is null
                    or \(isOpen) = (used_at is null and revoked_at is null and expires_at > \(now)))
            order by id desc limit \(limit)
            """
        ).map(PrivateOffer.init)
    }

    package func openPrivateOffers(of mentor: ActorID, now: Date) async throws -> Int {
        try await row(
            """
            select count(*) as n from private_offers
            where mentor_id = \(mentor) and used_at is null and revoked_at is null and expires_at > \(now)
            """
        ).map { try $0.get("n") } ?? 0
    }

    package func revokePrivateOffer(_ id: Int64, at now: Date) async throws {
        _ = try await execute("update private_offers set revoked_at = \(now) where id = \(id)")
    }

    package func usePrivateOffer(_ id: Int64, for session: UUID, at now: Date) async throws {
        _ = try await execute(
            "update private_offers set used_at = \(now), session_id = \(session) where id = \(id)")
    }

    /// Whether somebody has ever asked a mentor for a session.
    package func hasAsked(_ mentee: ActorID, _ mentor: ActorID) async throws -> Bool {
        try await row("select from sessions where mentee_id = \(mentee) and mentor_id = \(mentor) limit 1") != nil
    }

    /// Remembers by which link of a mentor elsewhere somebody of ours takes what they were offered.
    package func setOfferLink(_ link: URI, of session: UUID) async throws {
        _ = try await execute("update sessions set offer_link = \(link) where id = \(session)")
    }

    package func offerLink(of session: UUID) async throws -> URI? {
        try await row("select offer_link from sessions where id = \(session)")?.get("offer_link")
    }
}

extension PrivateOffer {
    fileprivate static let columns: SQL = """
        id, mentor_id, reader_id, kind_name, kind_label, kind_pricing, minutes, rate_amount, rate_currency, rate_per,
        message, starts, created_at, expires_at, revoked_at, used_at, session_id
        """

    fileprivate init(_ row: Row) throws {
        self.init(
            id: try row.get("id"), mentor: try row.get("mentor_id"), reader: try row.get("reader_id"),
            terms: Terms(
                kind: SessionKind(
                    name: try row.get("kind_name"), label: try row.get("kind_label"),
                    pricing: try row.get("kind_pricing")),
                minutes: try row.get("minutes"), rate: try Self.rate(row), message: try row.get("message"),
                starts: try row.get("starts"), expiresAt: try row.get("expires_at")),
            createdAt: try row.get("created_at"), revokedAt: try row.get("revoked_at"),
            usedAt: try row.get("used_at"), session: try row.get("session_id"))
    }

    private static func rate(_ row: Row) throws -> Rate? {
        guard let amount = try row.get("rate_amount") as String?,
            let currency = (try row.get("rate_currency") as String?).flatMap({ Currency($0) }),
            let per = try row.get("rate_per") as Rate.Unit?
        else { return nil }
        return Rate(amount: amount, currency: currency, per: per)
    }
}
