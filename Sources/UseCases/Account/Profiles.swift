package import Foundation
import Mentoring
package import PostgreSQL
package import Social
import Store
package import Wire

/// What people of this community say about themselves, and where else they are.
package struct Profiles: Sendable {
    private let consequences: [any AccountConsequence]

    package init(consequences: [any AccountConsequence]) { self.consequences = consequences }

    /// The summary of a mentor is the bio of the mentor profile: it is one text, wherever it is changed.
    ///
    /// - Throws: `InvalidFields` with everything that is wrong.
    package func change(_ draft: ProfileChange, of actor: Actor, in transaction: Transaction) async throws {
        try draft.checked()
        try await transaction.update(
            actor.id, name: draft.name ?? actor.name, summary: draft.summary ?? actor.summary,
            isLocked: draft.isLocked ?? actor.isLocked, isDiscoverable: draft.isDiscoverable ?? actor.isDiscoverable)
        if let isAutomated = draft.isAutomated { try await setAutomated(isAutomated, actor, in: transaction) }
        var profile = try await transaction.actorProfile(of: actor.id)
        if let icon = draft.icon {
            profile.icon = icon.attachment
            try await transaction.deleteMedia(.avatar, of: actor.id, except: profile.icon?.media)
        }
        if let header = draft.header {
            profile.header = header.attachment
            try await transaction.deleteMedia(.header, of: actor.id, except: profile.header?.media)
        }
        if let fields = draft.fields { profile.fields = fields }
        if let isIndexable = draft.isIndexable { profile.isIndexable = isIndexable }
        if let aliases = draft.aliases { profile.aliases = aliases }
        try await transaction.save(profile, of: actor.id)
        if let hides = draft.hidesCollections { try await transaction.setHidesCollections(hides, of: actor.id) }
        if let summary = draft.summary, let mentor = try await transaction.profile(of: actor.id) {
            try await transaction.save(mentor.with(bio: summary), of: actor.id)
        }
        try await tell(.changed, actor.id, in: transaction)
    }

    /// A mentor is a person, on the wire as well.
    private func setAutomated(_ isAutomated: Bool, _ actor: Actor, in transaction: Transaction) async throws {
        let kind: Actor.Kind = isAutomated ? .service : .person
        guard kind != actor.kind else { return }
        if isAutomated, try await transaction.profile(of: actor.id)?.isPublished == true {
            throw InvalidFields([
                FieldError(field: "bot", message: "A mentor is a person: withdraw the mentor profile first.")
            ])
        }
        try await transaction.setKind(kind, of: actor.id)
    }

    /// Tells others that something of the actor's document changed that is kept elsewhere, such as the mentor profile.
    package func touch(_ actor: ActorID, in transaction: Transaction) async throws {
        try await transaction.touch(actor)
        try await tell(.changed, actor, in: transaction)
    }

    /// Sends the followers to another account of the same person.
    ///
    /// - Parameter aliases: `alsoKnownAs` of the target, fetched for this.
    /// - Throws: `MoveRules.Refusal`.
    package func move(
        _ actor: Actor, to target: Actor, aliases: [URI], now: Date, in transaction: Transaction
    ) async throws {
        try MoveRules.judge(actor, to: target, aliases: aliases, now: now)
        try await transaction.markMoved(actor.id, to: target.id)
        try await tell(.changed, actor.id, in: transaction)
        try await tell(.moved(to: target), actor.id, in: transaction)
    }

    private func tell(_ what: AccountHappening, _ actor: ActorID, in transaction: Transaction) async throws {
        guard let actor = try await transaction.actor(id: actor) else { throw StoreError.nothingReturned }
        for consequence in consequences {
            try await consequence.follow(AccountChange(what, of: actor), in: transaction)
        }
    }
}

extension ProfileChange.PictureChange {
    fileprivate var attachment: Attachment? { if case .set(let attachment) = self { attachment } else { nil } }
}
