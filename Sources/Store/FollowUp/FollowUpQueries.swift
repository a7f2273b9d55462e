package import Foundation
package import PostgreSQL
package import Wire

extension Queryable {
    /// Remembers which session another one follows.
    package func setFollows(_ earlier: UUID, of session: UUID) async throws {
        _ = try await execute("update sessions set follows_id = \(earlier) where id = \(session) and id <> \(earlier)")
    }

    /// The same for one that came from elsewhere, as far as the earlier one is known and is the same two people's.
    package func setFollows(event earlier: URI, of event: URI) async throws {
        _ = try await execute(
            """
            update sessions set follows_id = known.id from sessions known
            where sessions.uri = \(event) and known.uri = \(earlier) and known.id <> sessions.id
                and known.mentee_id = sessions.mentee_id and known.mentor_id = sessions.mentor_id
            """)
    }

    /// Remembers which session led to an offer.
    package func setFollows(_ earlier: UUID, ofOffer offer: Int64) async throws {
        _ = try await execute("update private_offers set follows_id = \(earlier) where id = \(offer)")
    }

    /// A session that came of an offer follows what the offer does.
    package func setFollows(asOffer offer: Int64, of session: UUID) async throws {
        _ = try await execute(
            """
            update sessions set follows_id = private_offers.follows_id from private_offers
            where sessions.id = \(session) and private_offers.id = \(offer) and private_offers.follows_id is not null
            """)
    }

    /// The session that a session follows, by our id and by that of its Event.
    package func followed(by session: UUID) async throws -> (id: UUID, event: URI)? {
        try await row(
            """
            select earlier.id, earlier.uri from sessions join sessions earlier on earlier.id = sessions.follows_id
            where sessions.id = \(session)
            """
        ).map { (try $0.get("id"), try $0.get("uri")) }
    }
}
