import Foundation
package import Jobs
import JSONTree
package import PostgreSQL
import Social
import Store
package import UseCases
import Wire

/// Lets those who follow somebody who moved follow the new account, once that has confirmed to be the same person.
/// Sessions stay with the old one: a mentoring relation never moves by itself.
package struct FollowMove: JobHandler {
    package static let kind = "actor.move"
    static let attempts = 5

    private let database: Pool
    private let actors: RemoteActors
    private let relations: RelationDesk

    package init(database: Pool, actors: RemoteActors, relations: RelationDesk) {
        self.database = database
        self.actors = actors
        self.relations = relations
    }

    static func enqueue(from old: ActorID, to target: URI, in transaction: Transaction) async throws {
        try await JobQueue().enqueue(
            NewJob(
                kind: kind, payload: ["old": .string(String(old.rawValue)), "target": .string(target.string)],
                key: "\(old.rawValue) \(target)", lane: "fetch \(DomainName(host: target.host).registrable)"),
            in: transaction)
    }

    package func run(_ job: Job) async -> JobOutcome {
        guard let old = job.payload["old"]?.string.flatMap({ Int64($0) }).map(ActorID.init(rawValue:)),
            let target = job.payload["target"]?.string.flatMap({ URI($0) })
        else { return .dead(reason: "payload names no actors") }
        do {
            try await follow(old, to: target)
            return .done
        } catch RemoteActors.Failure.unreachable where job.attempts < Self.attempts {
            return .retry(after: .seconds(300 * job.attempts), reason: "unreachable")
        } catch is RemoteActors.Failure {
            return .done
        } catch is MoveRules.Refusal {
            return .done
        } catch {
            return .retry(after: .seconds(60), reason: "\(error)")
        }
    }

    private func follow(_ old: ActorID, to uri: URI) async throws {
        // A person of ours, or somebody as their own server describes them now.
        let target =
            if let local = try await database.localPerson(uri) { local } else {
                try await actors.refresh(uri, on: database)
            }
        let now = DateTime.cutToMilliseconds(Date())
        try await database.transaction { transaction in
            guard let old = try await transaction.actor(id: old) else { return }
            // Whoever moves away from here was judged when they said so.
            if !old.isLocal || old.movedTo != target.id {
                let aliases = try await transaction.actorProfile(of: target.id).aliases
                try MoveRules.judge(old, to: target, aliases: aliases, now: now)
                try await transaction.markMoved(old.id, to: target.id)
            }
            for follow in try await transaction.localFollows(of: old.id) where follow.follower != target.id {
                guard let follower = try await transaction.actor(id: follow.follower) else { continue }
                do {
                    try await relations.follow(target, by: follower, in: transaction)
                } catch RelationDesk.Refusal.notAllowed {}
                try await relations.unfollow(old, by: follower, in: transaction)
            }
        }
    }
}
