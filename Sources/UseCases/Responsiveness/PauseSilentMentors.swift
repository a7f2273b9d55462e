import Mentoring
package import PostgreSQL
import Social
import Store
import Wire

/// Pauses a mentor of this community who let several requests in a row expire, and tells them so: others should not wait
/// for somebody who does not answer. It belongs to the expiry itself, so that nothing can come between.
package struct PauseSilentMentors: SessionConsequence {
    private let patience: Int
    private let profiles: Profiles
    private let voice: CommunityVoice

    /// - Parameter patience: how many expiries in a row; 0 pauses nobody.
    package init(patience: Int, profiles: Profiles, voice: CommunityVoice) {
        self.patience = patience
        self.profiles = profiles
        self.voice = voice
    }

    package func follow(_ change: SessionChange, in transaction: Transaction) async throws {
        guard patience > 0, change.mentor.isLocal, case .expired? = change.event?.happened.kind,
            // Locked before counting: of two expiries at once the second sees the first.
            let profile = try await transaction.lockProfile(of: change.mentor.id), profile.isAccepting,
            try await transaction.expiriesInARow(of: change.mentor.id) >= patience,
            let time = change.event?.happened.at
        else { return }
        try await transaction.save(profile.paused(by: .silence), of: change.mentor.id)
        try await profiles.touch(change.mentor.id, in: transaction)
        let requests = patience == 1 ? "a request" : "\(patience) requests in a row"
        try await voice.say(
            """
            You take no new requests for now, because \(requests) expired without an answer of yours.

            Nothing else has changed. When you have time again, say so in your mentor profile.
            """, to: change.mentor, at: time, in: transaction)
    }
}
