package import Foundation
package import Mentoring
package import PostgreSQL
package import Social
import Store
package import Wire

/// Others see a profile that its person has published and the community has admitted; a person always sees their own.
extension Queryable {
    package func profile(of mentor: ActorID, for reader: ActorID) async throws -> MentorProfile? {
        try await profile(of: mentor).flatMap { $0.isShown || mentor == reader ? $0 : nil }
    }

    /// A mentor of this community by handle or username, with the profile as the reader sees it; nil where the reader
    /// sees none.
    package func mentor(_ name: String, for reader: ActorID) async throws -> (actor: Actor, profile: MentorProfile)? {
        guard let username = Username(Handle(name)?.name ?? name.lowercased()),
            let mentor = try await localActor(username), mentor.goneAt == nil,
            let profile = try await profile(of: mentor.id, for: reader)
        else { return nil }
        return (mentor, profile)
    }

    /// Whether a mentor takes requests of somebody: who is full takes those of the mentees that they have.
    package func isOpen(
        _ profile: MentorProfile, of mentor: ActorID, to asker: ActorID, at now: Date
    ) async throws -> Bool {
        guard profile.isAccepting else { return false }
        return profile.isFull ? try await isMentee(asker, of: mentor, at: now) : true
    }
}
