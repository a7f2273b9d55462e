package import Foundation
package import Mentoring
package import PostgreSQL
package import Social
import Store
package import Wire

/// The one place where ratings are given and shown, whoever brings them: a person of this community, another server, or
/// the clock. Holds the session while it decides, so that of two ratings at once the second sees the first.
package struct ReviewDesk: Sendable {
    private let community: Community
    private let reports: ReportDesk
    private let consequences: [any ReviewConsequence]

    package init(community: Community, reports: ReportDesk, consequences: [any ReviewConsequence]) {
        self.community = community
        self.reports = reports
        self.consequences = consequences
    }

    /// Rates the other side of a session; nil for everybody who is no party of it.
    ///
    /// - Throws: `ReviewRefusal`; `InvalidFields` with everything that is wrong in the rating.
    package func rate(
        _ draft: RatingDraft, on id: UUID, by author: Actor, now: Date, in transaction: Transaction
    ) async throws -> SessionReviews? {
        guard let session = try await transaction.lockSession(id, for: author.id),
            let role = session.role(of: author.id)
        else { return nil }
        let reviews = try await transaction.reviews(of: session)
        if let refusal = reviews.refusal(by: role, at: now) { throw refusal }
        let rating = try draft.checked(of: role.other)
        let address = community.addresses.rating(community.addresses.activity(UUID()))
        let review = Review(of: session, by: role, address: address, at: now, rating: rating)
        guard try await transaction.insert(review) else { throw ReviewRefusal.alreadyRated }
        return try await follow(review, on: session, now: now, in: transaction)
    }

    /// What another server's word came to; nil where its sender has no part in such a session.
    package enum Reception: Hashable, Sendable {
        case taken, duplicate
        /// The rating is not the one that was promised.
        case broken
        case refused(ReviewRefusal)
    }

    /// Takes another server's promise: its person has rated, and the rating will have this digest.
    package func promise(
        _ digest: [UInt8], as address: URI, on event: URI, by author: Actor, published: Date, now: Date,
        in transaction: Transaction
    ) async throws -> Reception? {
        guard let (session, role) = try await shared(event, with: author, in: transaction) else { return nil }
        let reviews = try await transaction.reviews(of: session)
        if let known = reviews.given[role] {
            return known.digest == digest && known.address == address ? .duplicate : .refused(.alreadyRated)
        }
        return try await take(
            Review(of: session, by: role, address: address, at: published, rating: nil, digest: digest), on: session,
            published: published, now: now, in: transaction)
    }

    /// Takes a rating from another server. One that was not promised counts as promised now, so long as ours was not
    /// shown to anybody there: its author cannot have known it.
    package func take(
        _ heard: HeardRating, digest: [UInt8], as address: URI, on event: URI, by author: Actor, published: Date,
        now: Date, in transaction: Transaction
    ) async throws -> Reception? {
        guard let (session, role) = try await shared(event, with: author, in: transaction) else { return nil }
        guard let rating = heard.rating(of: role.other) else { return .broken }
        let reviews = try await transaction.reviews(of: session)
        guard let known = reviews.given[role] else {
            return try await take(
                Review(of: session, by: role, address: address, at: published, rating: rating, digest: digest),
                on: session, published: published, now: now, in: transaction)
        }
        guard known.digest == digest, known.address == address else {
            return known.rating == nil ? .broken : .refused(.alreadyRated)
        }
        guard known.rating == nil else { return .duplicate }
        try await transaction.setRating(rating, of: known.id)
        try await reveal(session, now: now, in: transaction)
        return .taken
    }

    /// Shows what is due by now of a session.
    package func runTimer(of session: UUID, at now: Date, in transaction: Transaction) async throws {
        guard let session = try await transaction.lockSession(.id(session)) else { return }
        try await reveal(session, now: now, in: transaction)
    }

    /// Takes the words of a rating down; the numbers stay. False when there is no such rating that was shown.
    ///
    /// - Throws: `NotPermitted` for people who take nothing down.
    package func clear(_ id: UUID, by moderator: Account, now: Date, in transaction: Transaction) async throws -> Bool {
        try moderator.require(.moderateReviews)
        guard let review = try await transaction.lockReview(id), review.revealedAt != nil else { return false }
        try await transaction.clearReview(id, by: moderator.actor.id, at: now)
        return true
    }

    /// Tells the moderators of a rating; nil for who cannot see it, and for its author.
    package func report(
        _ id: UUID, by reporter: Actor, comment: String, in transaction: Transaction
    ) async throws -> Report? {
        guard let review = try await transaction.lockReview(id), review.revealedAt != nil,
            review.author != reporter.id,
            let session = try await transaction.session(.id(review.session))
        else { return nil }
        let reviews = try await transaction.reviews(of: session)
        guard review.subject == reporter.id || reviews.arePublic else { return nil }
        return try await reports.report(
            review, of: review.author, by: reporter.id, comment: comment, in: transaction)
    }
}

extension ReviewDesk {
    /// A session with somebody elsewhere who is one of its two people there.
    private func shared(
        _ event: URI, with author: Actor, in transaction: Transaction
    ) async throws -> (Session, Role)? {
        guard let session = try await transaction.lockSession(.event(event)),
            let role = session.role(of: author.id), !session.custody.isHome(of: role)
        else { return nil }
        return (session, role)
    }

    private func take(
        _ review: Review, on session: Session, published: Date, now: Date, in transaction: Transaction
    ) async throws -> Reception {
        let reviews = try await transaction.reviews(of: session)
        if let refusal = reviews.refusal(ofWordBy: review.by, published: published, at: now) {
            return .refused(refusal)
        }
        guard try await transaction.insert(review) else { return .refused(.alreadyRated) }
        _ = try await follow(review, on: session, now: now, in: transaction)
        return .taken
    }

    private func follow(
        _ review: Review, on session: Session, now: Date, in transaction: Transaction
    ) async throws -> SessionReviews {
        try await tell(.given, of: review, on: session, now: now, in: transaction)
        try await reveal(session, now: now, in: transaction)
        return try await transaction.reviews(of: session)
    }

    private func reveal(_ session: Session, now: Date, in transaction: Transaction) async throws {
        let reviews = try await transaction.reviews(of: session)
        for role in reviews.toReveal(at: now) {
            guard let review = reviews.given[role] else { continue }
            try await transaction.revealReview(review.id, at: now)
            try await tell(.revealed, of: review, on: session, now: now, in: transaction)
        }
    }

    private func tell(
        _ what: ReviewChange.What, of review: Review, on session: Session, now: Date, in transaction: Transaction
    ) async throws {
        let reviews = try await transaction.reviews(of: session)
        guard let author = try await transaction.actor(id: review.author),
            let subject = try await transaction.actor(id: review.subject), let closesAt = reviews.closesAt
        else { throw StoreError.nothingReturned }
        let change = ReviewChange(
            what: what, review: review, session: session, author: author, subject: subject, closesAt: closesAt,
            isAnswered: reviews.given[review.by.other] != nil, at: now)
        for consequence in consequences { try await consequence.follow(change, in: transaction) }
    }
}

extension Review {
    fileprivate init(
        of session: Session, by role: Role, address: URI, at time: Date, rating: Rating?, digest: [UInt8]? = nil
    ) {
        let people = role == .mentor ? (session.mentor, session.mentee) : (session.mentee, session.mentor)
        self.init(
            id: UUID(), session: session.id, by: role, author: people.0, subject: people.1, address: address,
            givenAt: time, rating: rating, digest: digest)
    }
}
