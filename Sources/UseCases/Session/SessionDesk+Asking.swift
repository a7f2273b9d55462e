import Foundation
package import Mentoring
package import PostgreSQL
import Social
import Store
package import Wire

/// Who may ask whom, and how often.
extension SessionDesk {
    package func openAsks(of mentee: ActorID, in store: some Queryable) async throws -> OpenAsks {
        let attendance = try await store.attendance(
            of: mentee, as: .mentee, ladder: policy.noShows, at: DateTime.cutToMilliseconds(Date()))
        return OpenAsks(
            open: try await store.openAsks(of: mentee), most: attendance.mostAsks(of: policy.mostOpenAsks),
            because: attendance.words(for: .mentee))
    }

    /// The same with nobody else asking in that person's name until this transaction ends.
    func lockedAsks(of mentee: ActorID, in transaction: Transaction) async throws -> OpenAsks {
        try await transaction.lockAsks(of: mentee)
        return try await openAsks(of: mentee, in: transaction)
    }

    /// The requests of somebody elsewhere, to hold against one more; nil for what continues a series that waits already.
    func asks(
        for request: RemoteRequest, by mentee: ActorID, in transaction: Transaction
    ) async throws -> OpenAsks? {
        let asks = try await lockedAsks(of: mentee, in: transaction)
        guard let series = request.series else { return asks }
        return try await transaction.hasPendingDates(series.uri, by: mentee) ? nil : asks
    }

    func requireMentoring(of mentor: Actor) throws(InvalidFields) {
        guard mentor.isLocal || mentor.speaksMentoring else {
            throw InvalidFields([
                FieldError(field: "mentor", message: "\(mentor.handle) is on a server that knows no mentoring sessions.")
            ])
        }
    }

    func requireOneMoreAsk(by mentee: ActorID, in transaction: Transaction) async throws {
        if let refusal = try await lockedAsks(of: mentee, in: transaction).refusal {
            throw InvalidFields([FieldError(field: "mentor", message: refusal)])
        }
    }

    /// Whether a decision would give a mentor of ours more mentees than they can have. Who decides about the mentor's
    /// time, and so about an acceptance, is alone in that until the transaction ends.
    func isOneTooMany(_ decision: Decision, now: Date, in transaction: Transaction) async throws -> Bool {
        let session = decision.session
        guard case .accepted? = decision.event?.kind, session.custody != .owner else { return false }
        return try await !transaction.hasRoom(session.mentor, for: session.mentee, at: now)
    }

    func terms(
        of mentor: Actor, askedBy asker: Actor, now: Date, in transaction: Transaction
    ) async throws -> MentorTerms {
        let acquaintance = try await transaction.acquaintance(of: asker, with: mentor)
        // A mentor elsewhere may publish nothing and still take requests; one of ours without a profile does not.
        guard let profile = try await transaction.profile(of: mentor.id) else {
            return MentorTerms(mentor: mentor.id, isAccepting: !mentor.isLocal, acquaintance: acquaintance)
        }
        let isMentee = try await transaction.isMentee(asker.id, of: mentor.id, at: now)
        if mentor.isLocal {
            let attendance = try await transaction.attendance(
                of: mentor.id, as: .mentor, ladder: policy.noShows, at: now)
            if attendance.step == .paused {
                return MentorTerms(mentor: mentor.id, isAccepting: false, acquaintance: acquaintance)
            }
            return MentorTerms(profile, of: mentor.id, askedBy: acquaintance, isMentee: isMentee)
        }
        // Whom they take is for the mentor's own server to say; their types count where ours have the same name. Who is
        // closed because of too many mentees still has time for those.
        let catalogue = try await transaction.catalogue()
        let offers = profile.offers.filter { catalogue[$0.type] != nil }
        return MentorTerms(
            mentor: mentor.id, isAccepting: profile.isAccepting || isMentee, acquaintance: acquaintance,
            offers: offers.isEmpty ? nil : offers, questions: profile.questions)
    }
}
