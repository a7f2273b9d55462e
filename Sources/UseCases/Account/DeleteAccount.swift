package import Foundation
import Mentoring
package import PostgreSQL
package import Social
import Store
import Wire

/// Ends an account of this community for good: sessions are cancelled, posts and relations go, others are told. The
/// name is never given to anybody else.
package struct DeleteAccount: Sendable {
    private let desk: SessionDesk
    private let consequences: [any AccountConsequence]

    package init(desk: SessionDesk, consequences: [any AccountConsequence]) {
        self.desk = desk
        self.consequences = consequences
    }

    package func callAsFunction(_ actor: Actor, now: Date, in transaction: Transaction) async throws {
        try await desk.cancelAll(of: actor.id, now: now, in: transaction)
        let acquainted = try await transaction.remoteAcquaintances(of: actor.id)
        let change = AccountChange(.deleted(acquainted: acquainted), of: actor)
        for consequence in consequences { try await consequence.follow(change, in: transaction) }
        try await transaction.eraseAccount(actor.id)
    }
}

/// Ends what we know of an actor elsewhere, because its own server says that it is gone.
package struct ForgetActor: Sendable {
    private let desk: SessionDesk

    package init(desk: SessionDesk) { self.desk = desk }

    package func callAsFunction(_ actor: Actor, now: Date, in transaction: Transaction) async throws {
        guard !actor.isLocal else { return }
        try await desk.cancelAll(of: actor.id, now: now, in: transaction)
        try await transaction.eraseRemoteActor(actor.id)
    }
}
