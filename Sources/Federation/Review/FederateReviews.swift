import ActivityStreams
import Foundation
import JSONTree
import Keys
import Mentoring
package import PostgreSQL
package import Social
import Store
package import UseCases
import Wire

/// Carries ratings to the other party's community: first `Offer` with the digest of the Note, and `Create` with the
/// Note itself once it may be seen there. In between nobody there can know it, and nobody here can change it.
package struct FederateReviews: ReviewConsequence {
    private let community: Community
    private let deliveries = Deliveries()

    package init(community: Community) { self.community = community }

    package func follow(_ change: ReviewChange, in transaction: Transaction) async throws {
        guard change.author.isLocal, change.session.custody != .here else { return }
        switch change.what {
        case .given: try await promise(change, in: transaction)
        case .revealed: try await keep(change, in: transaction)
        }
    }

    private func promise(_ change: ReviewChange, in transaction: Transaction) async throws {
        guard let rating = change.review.rating else { return }
        let note = RatingDocument(rating, of: change, salt: SecureRandom.token()).json
        guard let canonical = note.canonical() else { throw StoreError.nothingReturned }
        try await transaction.seal(change.review.id, note: note.serializedText())
        let promise = RatingPromiseDocument(
            id: change.review.address, author: change.author.uri, session: change.session.uri,
            digest: Hexadecimal.encode(Digest.sha256(canonical)))
        try await send("Offer", promise.json, as: community.addresses.activity(UUID()), change, in: transaction)
    }

    private func keep(_ change: ReviewChange, in transaction: Transaction) async throws {
        guard let sealed = try await transaction.unseal(change.review.id),
            let id = change.review.address.withoutFragment
        else { return }
        try await send("Create", try JSON.parse(Array(sealed.utf8)), as: id, change, in: transaction)
    }

    private func send(
        _ type: String, _ note: JSON, as id: URI, _ change: ReviewChange, in transaction: Transaction
    ) async throws {
        var object = JSON.Object()
        object["@context"] = Vocabulary.sessionContext
        object["id"] = .string(id.string)
        object["type"] = .string(type)
        object["actor"] = .string(change.author.uri.string)
        object["to"] = [.string(change.subject.uri.string)]
        object["cc"] = []
        object["published"] = .string(DateTime.format(change.review.givenAt))
        object["object"] = note
        try await deliveries.send(
            OutgoingActivity(id: id, type: type, sender: change.author.id, document: .object(object)),
            to: change.subject, sequence: change.session.uri.string, in: transaction)
    }
}

extension RatingDocument {
    fileprivate init(_ rating: Rating, of change: ReviewChange, salt: String) {
        self.init(
            id: change.review.address, author: change.author.uri, subject: change.subject.uri,
            session: change.session.uri, published: change.review.givenAt, overall: Double(rating.overall) / 10,
            scores: Dictionary(rating.scores.map { ($0.key.wireName, $0.value) }) { first, _ in first },
            words: rating.words, isPublic: rating.isPublic, salt: salt)
    }
}

extension URI {
    fileprivate var withoutFragment: URI? { URI(String(string.prefix { $0 != "#" })) }
}
