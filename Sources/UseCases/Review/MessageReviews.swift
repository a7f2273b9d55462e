import Foundation
import Mentoring
package import PostgreSQL
import Social
import Store
import Wire

/// Tells people of this community that they were rated, and what they were given once they may see it.
package struct MessageReviews: ReviewConsequence {
    private let voice: CommunityVoice

    package init(voice: CommunityVoice) { self.voice = voice }

    package func follow(_ change: ReviewChange, in transaction: Transaction) async throws {
        // Who has given theirs, too, hears at once what they got.
        guard change.subject.isLocal, change.what == .revealed || !change.isAnswered else { return }
        let zone = try await transaction.profile(of: change.subject.id)?.zone
        let earlier = try await transaction.lastMessage(about: change.session.id, to: change.subject.id)
        let post = try await voice.say(
            text(change, zone: zone ?? change.session.slot.zone), to: change.subject, after: earlier, at: change.at,
            in: transaction)
        try await transaction.saveMessage(post.id, about: change.session.id, to: change.subject.id)
    }

    private func text(_ change: ReviewChange, zone: TimeZoneName) -> String {
        let name = change.author.displayName
        let page = voice.community.addresses.session(change.session.id).string
        let about = "About: \(change.session.topic)"
        guard change.what == .revealed, let rating = change.review.rating else {
            return [
                "\(name) has rated your session.", about,
                "You can rate it, too, until \(zone.text(of: change.closesAt)). Neither of you sees the other's "
                    + "rating before.", page,
            ].joined(separator: "\n\n")
        }
        let stars = "\(rating.overall / 10).\(rating.overall % 10)"
        let rest = rating.words.count > 1000 ? "…" : ""
        let quote = rating.words.isEmpty ? nil : "“\(rating.words.prefix(1000))\(rest)”"
        return ["\(name) gave your session \(stars) of 5.", about, quote, page].compactMap(\.self)
            .joined(separator: "\n\n")
    }
}
