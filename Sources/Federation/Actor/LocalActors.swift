package import ActivityStreams
import Foundation
import Keys
import Mentoring
package import PostgreSQL
import SafeText
package import Social
import Store
import Wire

/// The documents of this community's own actors, as other servers get them.
package struct LocalActors: Sendable {
    private let database: Pool
    private let community: Community

    package init(database: Pool, community: Community) {
        self.database = database
        self.community = community
    }

    /// - Parameter actor: a person of ours or the instance actor.
    package func document(of actor: Actor) async throws -> ActorDocument {
        let addresses = community.addresses
        let profile = try await database.profile(of: actor.id).flatMap { $0.isPublished ? $0 : nil }
        var mentor: MentorDocument?
        if let profile { mentor = MentorDocument(profile, catalogue: try await database.catalogue()) }
        return ActorDocument(
            id: actor.uri, kind: .init(rawValue: actor.kind.rawValue) ?? .person, username: actor.handle.name,
            webfinger: actor.handle.description, name: actor.displayName,
            summary: paragraphs(fromPlainText: profile?.bio ?? actor.summary), url: actor.url, inbox: actor.inbox,
            sharedInbox: addresses.sharedInbox, outbox: addresses.outbox(of: actor.uri),
            followers: addresses.followers(of: actor.uri), following: addresses.following(of: actor.uri),
            published: actor.createdAt.startOfDay, keys: try await keys(of: actor),
            capabilities: [Vocabulary.mentoringCapability], mentor: mentor)
    }

    private func keys(of actor: Actor) async throws -> [KeyDocument] {
        try await database.keys(of: actor.id).compactMap { stored in
            let key = try PublicKey(pem: stored.publicPEM)
            switch stored.algorithm {
            case .rsa: return KeyDocument(id: stored.uri, owner: actor.uri, material: .pem(key.spkiPEM))
            case .ed25519:
                return Multikey.text(for: key).map {
                    KeyDocument(id: stored.uri, owner: actor.uri, material: .multibase($0))
                }
            }
        }
    }
}

extension Date {
    /// Midnight UTC: the day on which somebody joined is enough for other servers.
    fileprivate var startOfDay: Date {
        Date(timeIntervalSince1970: (timeIntervalSince1970 / 86_400).rounded(.down) * 86_400)
    }
}
