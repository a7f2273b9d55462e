import ActivityStreams
import Foundation
import JSONTree
package import PostgreSQL
package import Social
import Store
package import UseCases
package import Wire

/// Keeps the directory of this community's mentors, and tells the communities that follow it of every change. Who
/// withdraws is told to those, too, with whom they had sessions: nobody may go on showing what is not there any more.
package struct FederateDirectory: AccountConsequence {
    private let community: Community
    private let instanceActor: ActorID
    private let actors: LocalActors
    private let deliveries = Deliveries()

    package init(community: Community, instanceActor: ActorID, actors: LocalActors) {
        self.community = community
        self.instanceActor = instanceActor
        self.actors = actors
    }

    package func follow(_ change: AccountChange, in transaction: Transaction) async throws {
        switch change.what {
        case .changed:
            switch try await transaction.enterInDirectory(change.actor.id) {
            case (false, true): try await tell(.added, change.actor, in: transaction)
            case (true, true): try await tell(.changed, change.actor, in: transaction)
            case (true, false):
                try await tell(.removed, change.actor, in: transaction)
                try await tellPartners(of: change.actor, in: transaction)
            case (false, false): break
            }
        case .deleted:
            guard try await transaction.leaveDirectory(change.actor.id) else { return }
            try await tell(.removed, change.actor, in: transaction)
        case .moved: break
        }
    }

    private func tell(_ kind: DirectoryChange.Kind, _ mentor: Actor, in transaction: Transaction) async throws {
        let revision = try await transaction.countDirectoryChange()
        let directory = community.addresses.directory
        // All changes of the directory are one sequence, so that nobody sees a gap where there is none.
        try await send(
            kind.rawValue, from: instanceActor, to: Recipients(followersOf: instanceActor), after: "directory",
            in: transaction
        ) { id in
            let envelope = envelope(id, by: community.addresses.instanceActor)
            return switch kind {
            case .added: envelope.add(mentor: mentor.uri, to: directory, revision: revision)
            case .changed: envelope.update(mentor: mentor.uri, in: directory, revision: revision)
            case .removed: envelope.remove(mentor: mentor.uri, from: directory, revision: revision)
            }
        }
    }

    private func tellPartners(of mentor: Actor, in transaction: Transaction) async throws {
        let partners = try await transaction.remotePartners(of: mentor.id)
        guard !partners.isEmpty else { return }
        let document = try await actors.document(of: mentor, in: transaction)
        try await send(
            "Update", from: mentor.id, to: Recipients(people: partners), after: mentor.uri.string, in: transaction
        ) { id in envelope(id, by: mentor.uri).update(document) }
    }

    private func envelope(_ id: URI, by actor: URI) -> Envelope {
        Envelope(
            id: id, actor: actor,
            addressing: Addressing(.everyone, followers: community.addresses.followers(of: actor)),
            published: DateTime.cutToMilliseconds(Date()))
    }

    private func send(
        _ type: String, from sender: ActorID, to recipients: Recipients, after sequence: String,
        in transaction: Transaction, _ build: (URI) -> JSON
    ) async throws {
        try await deliveries.send(
            OutgoingActivity(
                id: community.addresses.activity(UUID()), type: type, sender: sender, isPublic: true, post: nil,
                build: build),
            to: recipients, sequence: sequence, in: transaction)
    }
}
