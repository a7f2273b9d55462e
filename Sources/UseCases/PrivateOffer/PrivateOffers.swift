package import Foundation
package import Mentoring
package import PostgreSQL
import SafeText
package import Social
import Store
package import Wire

/// Times that mentors of this community offer to one person: making, reading and revoking them. Taking one is a
/// matter of sessions (`SessionDesk`).
package struct PrivateOffers: Sendable {
    private let community: Community
    private let voice: CommunityVoice
    private let posts: PostDesk

    package init(community: Community, voice: CommunityVoice, posts: PostDesk) {
        self.community = community
        self.voice = voice
        self.posts = posts
    }

    /// Makes an offer, and tells the person whom it is for: one of ours by the community, somebody elsewhere by a direct
    /// post of the mentor.
    ///
    /// - Returns: the offer with its link, which is told this once.
    /// - Throws: `InvalidFields` with everything that is wrong.
    package func make(
        _ draft: PrivateOfferDraft, by mentor: Actor, for reader: Actor?, now: Date, in transaction: Transaction
    ) async throws -> (offer: PrivateOffer, link: URI) {
        let profile = try await transaction.lockProfile(of: mentor.id)
        let terms = try draft.checked(of: profile, catalogue: try await transaction.catalogue(), now: now)
        try await requireConsent(of: reader, to: mentor, in: transaction)
        guard try await transaction.openPrivateOffers(of: mentor.id, now: now) < PrivateOfferDraft.mostOpen else {
            throw InvalidFields([
                FieldError(field: "", message: "\(PrivateOfferDraft.mostOpen) offers of yours are open already.")
            ])
        }
        let token = Secret.make()
        let link = community.addresses.offer(token)
        let id = try await transaction.insertPrivateOffer(
            terms, by: mentor.id, for: reader?.id, token: Secret.hash(made: token), at: now)
        let offer = PrivateOffer(id: id, mentor: mentor.id, reader: reader?.id, terms: terms, createdAt: now)
        let free = try await transaction.freeStarts(of: offer, now: now)
        let taken = draft.starts.enumerated().filter { !free.contains(DateTime.cutToMilliseconds($1)) }
        guard taken.isEmpty else {
            throw InvalidFields(
                taken.map { FieldError(field: "times[\($0.offset)]", message: "You have something else then.") })
        }
        if let reader {
            let zone = reader.isLocal ? try await transaction.profile(of: reader.id)?.zone : nil
            let message = PrivateOfferMessage(
                offer: offer, mentor: mentor, zone: profile?.zone ?? .utc, readersZone: zone, link: link)
            try await tell(message, reader, by: mentor, at: now, in: transaction)
        }
        return (offer, link)
    }

    /// What a link leads to; nil for whom it is not meant.
    ///
    /// - Parameter reader: nil for somebody of whom nothing is known but that they have the link.
    package func offer(
        behind token: String, for reader: ActorID?, in database: some Queryable
    ) async throws -> PrivateOffer? {
        guard let hash = Secret.hash(token), let offer = try await database.privateOffer(token: hash) else { return nil }
        let isTheirs = reader.map { offer.mentor == $0 || offer.isFor($0) } ?? (offer.reader == nil)
        return isTheirs ? offer : nil
    }

    /// Ends an offer; nil where the mentor has none of that number. One that was taken stays so.
    package func revoke(
        _ id: Int64, by mentor: ActorID, now: Date, in transaction: Transaction
    ) async throws -> PrivateOffer? {
        guard let offer = try await transaction.lockPrivateOffer(id, of: mentor) else { return nil }
        guard offer.state(at: now) == .open else { return offer }
        try await transaction.revokePrivateOffer(id, at: now)
        return try await transaction.lockPrivateOffer(id, of: mentor)
    }

    private func tell(
        _ message: PrivateOfferMessage, _ reader: Actor, by mentor: Actor, at now: Date, in transaction: Transaction
    ) async throws {
        guard !reader.isLocal else {
            try await voice.say(message.fromCommunity, to: reader, at: now, in: transaction)
            return
        }
        let words = DirectWords(message.fromMentor)
        _ = try await posts.publish(
            words.draft(to: reader), by: mentor, mentioned: words.mentioned(reader), now: now, in: transaction)
    }

    /// Nobody gets unasked mail from a stranger: people elsewhere hear of offers only where they follow the mentor or
    /// have asked them before.
    private func requireConsent(of reader: Actor?, to mentor: Actor, in transaction: Transaction) async throws {
        guard let reader else { return }
        func fail(_ message: String) -> InvalidFields { InvalidFields([FieldError(field: "for", message: message)]) }
        guard reader.id != mentor.id else { throw fail("Offer it to somebody else.") }
        let isBlocked = try await !transaction.blocked(by: reader.id, among: [mentor.id]).isEmpty
        guard !isBlocked else { throw fail("\(reader.handle) cannot be reached by you.") }
        guard !reader.isLocal else { return }
        let follows = try await transaction.follow(by: reader.id, of: mentor.id)?.state == .accepted
        if follows { return }
        if try await transaction.hasAsked(reader.id, mentor.id) { return }
        throw fail(
            "People of other communities are written to only if they follow you or have asked you before. "
                + "Leave `for` out, and give them the link."
        )
    }
}

extension Queryable {
    /// The times of an offer that can be taken now; what is kept for others cannot.
    package func freeStarts(of offer: PrivateOffer, now: Date) async throws -> [Date] {
        guard let first = offer.terms.starts.first, let last = offer.terms.starts.last else { return [] }
        let reach = Double(Slot.longest) * 60
        let around = first.addingTimeInterval(-reach)..<last.addingTimeInterval(reach)
        let taken = try await takenTimes(of: offer.mentor, in: around)
        let held = try await heldTimes(of: offer.mentor, in: around, for: offer.reader, now: now)
        return offer.free(besides: taken + held, now: now)
    }
}
