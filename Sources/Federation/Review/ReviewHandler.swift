package import ActivityStreams
import Foundation
import JSONTree
import Keys
import Mentoring
package import PostgreSQL
package import Social
package import UseCases
import Wire

/// `Offer{Note}` with a digest: somebody elsewhere has rated a session; and `Create{Note}` with `mnt:rating`: this is
/// what they gave. Notes without are posts, for which others look.
package struct ReviewHandler: ActivityHandler {
    package let patterns = [ActivityPattern("Offer", "Note"), ActivityPattern("Create", "Note")]
    private let desk: ReviewDesk

    package init(desk: ReviewDesk) { self.desk = desk }

    package func apply(
        _ activity: ReceivedActivity, from sender: Actor, in transaction: Transaction
    ) async throws -> Disposition? {
        activity.type == "Offer"
            ? try await takePromise(activity, from: sender, in: transaction)
            : try await takeRating(activity, from: sender, in: transaction)
    }

    private func takePromise(_ activity: ReceivedActivity, from sender: Actor, in transaction: Transaction)
        async throws -> Disposition?
    {
        guard let promise = RatingPromiseDocument(activity.object, terms: activity.terms) else { return nil }
        guard promise.author == sender.uri, promise.id.isSameOrigin(as: sender.uri) else { return .refused(.notOwner) }
        guard let digest = Hexadecimal.decode(promise.digest.utf8), digest.count == DigestAlgorithm.sha256.length else {
            return .refused(.malformed)
        }
        let now = DateTime.cutToMilliseconds(Date())
        return try await desk.promise(
            digest, as: promise.id, on: promise.session, by: sender, published: activity.said(by: now), now: now,
            in: transaction
        ).map(Disposition.init)
    }

    private func takeRating(_ activity: ReceivedActivity, from sender: Actor, in transaction: Transaction)
        async throws -> Disposition?
    {
        let names = RatingDimension.allCases.map(\.wireName)
        guard let document = RatingDocument(activity.object, terms: activity.terms, names: names) else { return nil }
        guard document.author == sender.uri, document.id.isSameOrigin(as: sender.uri) else {
            return .refused(.notOwner)
        }
        guard let canonical = activity.object.canonical() else { return .refused(.malformed) }
        let scores = RatingDimension.allCases.compactMap { dimension in
            document.scores[dimension.wireName].map { (dimension, $0) }
        }
        let now = DateTime.cutToMilliseconds(Date())
        return try await desk.take(
            HeardRating(
                overall: document.overall, scores: Dictionary(scores) { first, _ in first }, words: document.words,
                isPublic: document.isPublic),
            digest: Digest.sha256(canonical), as: document.id, on: document.session, by: sender,
            published: activity.said(by: now), now: now, in: transaction
        ).map(Disposition.init)
    }
}

extension ReceivedActivity {
    /// When the sender says it was said; never later than now.
    fileprivate func said(by now: Date) -> Date { min(published ?? now, now) }
}

extension Disposition {
    fileprivate init(_ reception: ReviewDesk.Reception) {
        switch reception {
        case .taken: self = .applied
        case .duplicate: self = .ignored(.duplicate)
        case .broken: self = .refused(.malformed)
        case .refused: self = .refused(.againstRules)
        }
    }
}
