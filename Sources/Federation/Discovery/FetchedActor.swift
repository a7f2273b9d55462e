import ActivityStreams
import Foundation
import Mentoring
import SafeText
package import Keys
package import PostgreSQL
package import Social
import Store
package import Wire

/// A remote actor as its own server described it, to be written once somebody has proved to be it.
package struct FetchedActor: Sendable {
    let document: ActorDocument
    let handle: Handle

    /// Where a community lists its mentors, on its own actor.
    package var directory: URI? { document.directory }

    /// The usable keys by id.
    package var keys: [URI: PublicKey] {
        Dictionary(
            document.keys.compactMap { key in key.key.map { (key.id, $0) } }
        ) { first, _ in first }
    }

    /// Writes the actor with its keys and its mentor profile, because somebody here wanted to know the actor.
    package func saveWithProfile(in transaction: Transaction) async throws -> Actor {
        let actor = try await save(in: transaction)
        if let profile = MentorProfile(remote: document) {
            try await transaction.save(profile, of: actor.id)
            let times = document.mentor?.availability.flatMap { $0.isSameOrigin(as: document.id) ? $0 : nil }
            try await transaction.setTimesAddress(times, of: actor.id)
        } else {
            try await transaction.deleteProfile(of: actor.id)
        }
        return actor
    }

    /// Writes the actor with its keys. Who writes to us does not thereby enter our directory.
    package func save(in transaction: Transaction) async throws -> Actor {
        let id = try await transaction.save(
            RemoteActor(
                uri: document.id, kind: Actor.Kind(rawValue: document.kind.rawValue) ?? .person, handle: handle,
                name: document.name, summary: cleanHTML(document.summary), url: document.url, inbox: document.inbox,
                sharedInbox: document.sharedInbox, speaksMentoring: document.speaksMentoring,
                followers: document.followers.flatMap { $0.isSameOrigin(as: document.id) ? $0 : nil },
                isLocked: document.manuallyApprovesFollowers, isDiscoverable: document.isDiscoverable,
                isSuspended: document.isSuspended, profile: profile))
        let stored = keys.map { uri, key in
            StoredKey(
                uri: uri, actor: id, algorithm: key.algorithm == .rsa ? .rsa : .ed25519, publicPEM: key.spkiPEM,
                privatePEM: nil, fetchedAt: Date())
        }
        try await transaction.replaceKeys(of: id, with: stored)
        guard let actor = try await transaction.actor(id: id) else { throw StoreError.nothingReturned }
        return actor
    }

    private var profile: ActorProfile {
        let own = { (uri: URI?) in uri.flatMap { $0.isSameOrigin(as: document.id) ? $0 : nil } }
        return ActorProfile(
            icon: document.icon.map(Attachment.init), header: document.image.map(Attachment.init),
            fields: document.fields.map { ProfileField(name: $0.name, value: cleanHTML($0.value)) },
            isIndexable: document.isIndexable, aliases: document.aliases, isMemorial: document.isMemorial,
            outbox: own(document.outbox), following: own(document.following), featured: own(document.featured))
    }
}

extension Attachment {
    fileprivate init(_ image: ImageDocument) {
        self.init(url: image.url, mediaType: image.mediaType, description: image.description)
    }
}
