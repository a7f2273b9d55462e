package import ActivityStreams
import Foundation
import Keys
import Mentoring
package import PostgreSQL
package import Social
import Store
import UseCases
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
        try await document(of: actor, in: database)
    }

    func document(of actor: Actor, in database: some Queryable) async throws -> ActorDocument {
        let addresses = community.addresses
        let profile = try await database.profile(of: actor.id).flatMap { $0.isShown ? $0 : nil }
        let catalogue = try await database.catalogue()
        // Who has set no hours has no times that could be kept, or told.
        let holding = profile == nil ? nil : try await database.holding(of: actor.id)
        var mentor = profile.map { MentorDocument($0, holding: holding ?? .never, catalogue: catalogue) }
        if holding != nil { mentor?.availability = addresses.availability(of: actor.uri) }
        let own = try await database.actorProfile(of: actor.id)
        let shown = PublicProfile(actor, own, mentor: profile, catalogue: catalogue)
        var movedTo: Actor?
        if let target = actor.movedTo { movedTo = try await database.actor(id: target) }
        return ActorDocument(
            id: actor.uri, kind: .init(rawValue: actor.kind.rawValue) ?? .person, username: actor.handle.name,
            webfinger: actor.handle.description, name: actor.displayName,
            summary: shown.summary, url: actor.url, inbox: actor.inbox,
            sharedInbox: addresses.sharedInbox, outbox: addresses.outbox(of: actor.uri),
            followers: addresses.followers(of: actor.uri), following: addresses.following(of: actor.uri),
            published: actor.createdAt.startOfDay, keys: try await keys(of: actor, in: database),
            capabilities: [Vocabulary.mentoringCapability, Vocabulary.messageSignatures], mentor: mentor,
            updated: actor.updatedAt, icon: own.icon.map(ImageDocument.init), image: own.header.map(ImageDocument.init),
            fields: shown.fields.map { .init(name: $0.name, value: $0.value) }, aliases: own.aliases,
            movedTo: movedTo?.uri, manuallyApprovesFollowers: actor.isLocked || actor.kind == .application,
            isDiscoverable: actor.isDiscoverable || mentor != nil, isIndexable: own.isIndexable,
            featured: addresses.featured(of: actor.uri),
            directory: actor.kind == .application ? addresses.directory : nil)
    }

    private func keys(of actor: Actor, in database: some Queryable) async throws -> [KeyDocument] {
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

extension ImageDocument {
    fileprivate init(_ attachment: Attachment) {
        self.init(url: attachment.url, mediaType: attachment.mediaType, description: attachment.description)
    }
}

extension Date {
    /// Midnight UTC: the day on which somebody joined is enough for other servers.
    fileprivate var startOfDay: Date {
        Date(timeIntervalSince1970: (timeIntervalSince1970 / 86_400).rounded(.down) * 86_400)
    }
}
