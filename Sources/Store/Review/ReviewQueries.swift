package import Foundation
import JSONTree
package import Mentoring
package import PostgreSQL
import Social
package import Wire

/// A rating that everybody may read, with the number to page by.
package struct PublicReview: Sendable {
    package let number: Int64
    package let review: Review
}

extension Queryable {
    /// Remembers from when on a session can be rated. What was known first stays.
    package func markCompleted(_ session: UUID, at time: Date) async throws {
        try await submit("update sessions set completed_at = coalesce(completed_at, \(time)) where id = \(session)")
    }

    /// What was given for a session.
    package func reviews(of session: Session) async throws -> SessionReviews {
        let completed = try await row("select completed_at from sessions where id = \(session.id)")
        let given = try await rows("select \(Review.columns) from reviews where session_id = \(session.id)")
        return SessionReviews(
            of: session, completedAt: try completed?.get("completed_at"), given: try given.map(Review.init))
    }

    /// False when that side has given one, or its address is known.
    package func insert(_ review: Review) async throws -> Bool {
        try await execute(
            """
            insert into reviews (id, session_id, role, author_id, subject_id, address, given_at, overall, scores, words,
                is_public, digest)
            values (\(review.id), \(review.session), \(review.by), \(review.author), \(review.subject),
                \(review.address), \(review.givenAt), \(review.rating?.overall),
                \(review.rating?.scoreList.serializedText())::jsonb, \(review.rating?.words),
                \(review.rating?.isPublic ?? false), \(review.digest))
            on conflict do nothing
            """) == 1
    }

    /// Keeps what had been promised.
    package func setRating(_ rating: Rating, of review: UUID) async throws {
        _ = try await execute(
            """
            update reviews set overall = \(rating.overall), scores = \(rating.scoreList.serializedText())::jsonb,
                words = \(rating.words), is_public = \(rating.isPublic)
            where id = \(review) and overall is null
            """)
    }

    package func revealReview(_ id: UUID, at now: Date) async throws {
        try await submit("update reviews set revealed_at = \(now) where id = \(id) and revealed_at is null")
    }

    package func review(_ id: UUID) async throws -> Review? {
        try await row("select \(Review.columns) from reviews where id = \(id)").map(Review.init)
    }

    /// The same, held for change until the transaction ends.
    package func lockReview(_ id: UUID) async throws -> Review? {
        try await row("select \(Review.columns) from reviews where id = \(id) for update").map(Review.init)
    }

    /// Takes the words down. What they were is gone.
    package func clearReview(_ id: UUID, by moderator: ActorID, at now: Date) async throws {
        _ = try await execute(
            """
            update reviews set words = '', cleared_at = \(now), cleared_by = \(moderator)
            where id = \(id) and cleared_at is null
            """)
    }

    /// The Note of one of ours as it was promised.
    package func seal(_ review: UUID, note: String) async throws {
        _ = try await execute("update reviews set sealed = \(note) where id = \(review)")
    }

    /// Gives the promised Note, and forgets it: it goes out once.
    package func unseal(_ review: UUID) async throws -> String? {
        try await row(
            """
            update reviews set sealed = null from (select sealed as note from reviews where id = \(review)) as before
            where id = \(review) returning note
            """)?.get("note")
    }

    /// What the ratings by mentees come to for each of these mentors. Those without any are left out.
    package func ratings(of mentors: [ActorID]) async throws -> [ActorID: RatingSummary] {
        guard !mentors.isEmpty else { return [:] }
        let found = try await rows(
            """
            select subject_id, count(*) as count, sum(overall) as total
            from reviews join sessions on sessions.id = session_id
            where subject_id = any(\(mentors.map(\.rawValue))::bigint[]) and role = 'mentee'
                and revealed_at is not null and status = 'completed'
            group by subject_id
            """)
        return Dictionary(
            try found.map {
                (try $0.get("subject_id"), RatingSummary(count: try $0.get("count"), total: try $0.get("total")))
            }
        ) { first, _ in first }
    }

    /// What mentees said of a mentor and both of them let everybody read, newest first.
    package func publicReviews(of mentor: ActorID, before: Int64?, limit: Int) async throws -> [PublicReview] {
        try await rows(
            """
            select number, \(Review.columns) from reviews
            where subject_id = \(mentor) and role = 'mentee' and revealed_at is not null and is_public
                and number < coalesce(\(before), 9223372036854775807)
                and exists (select from reviews other where other.session_id = reviews.session_id
                    and other.role = 'mentor' and other.revealed_at is not null and other.is_public)
                and exists (select from sessions where id = reviews.session_id and status = 'completed')
            order by number desc limit \(limit)
            """
        ).map { PublicReview(number: try $0.get("number"), review: try Review($0)) }
    }
}

extension Review {
    static let columns: SQL = """
        reviews.id, reviews.session_id, reviews.role, reviews.author_id, reviews.subject_id, reviews.address,
        reviews.given_at, reviews.overall, reviews.scores, reviews.words, reviews.is_public, reviews.digest,
        reviews.revealed_at, reviews.cleared_at
        """

    init(_ row: Row) throws {
        self.init(
            id: try row.get("id"), session: try row.get("session_id"), by: try row.get("role"),
            author: try row.get("author_id"), subject: try row.get("subject_id"), address: try row.get("address"),
            givenAt: try row.get("given_at"), rating: try Rating(row), digest: try row.get("digest"),
            revealedAt: try row.get("revealed_at"), clearedAt: try row.get("cleared_at"))
    }
}

extension Rating {
    fileprivate var scoreList: JSON {
        var object = JSON.Object()
        for dimension in RatingDimension.allCases { object[dimension.rawValue] = scores[dimension].map { .int($0) } }
        return .object(object)
    }

    fileprivate init?(_ row: Row) throws {
        guard let overall = try row.get("overall") as Int? else { return nil }
        let list = try row.document("scores") ?? .null
        let scores = RatingDimension.allCases.compactMap { dimension in
            list[dimension.rawValue]?.int.map { (dimension, $0) }
        }
        self.init(
            scores: Dictionary(scores) { first, _ in first }, overall: overall, words: try row.get("words"),
            isPublic: try row.get("is_public"))
    }
}
