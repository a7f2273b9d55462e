package import Foundation
package import PostgreSQL
package import Social
import Store
import Wire

/// Lays down what the community has to do with a domain.
///
/// A block ends the follows in both directions and drops what waits to be delivered there; the other side is not told,
/// because nothing goes there any more. Sessions with people there stay for both sides to read, undeliverable; what is
/// known of the domain stays in the database and is shown no more. Lifting a rule brings nothing back: it lets in
/// again.
package struct DecideDomain: Sendable {
    private let database: Pool
    private let community: Community

    package init(database: Pool, community: Community) {
        self.database = database
        self.community = community
    }

    /// What a decision would end, without doing anything. Only a block ends something.
    package func preview(_ draft: DomainDecisionDraft) async throws -> DomainEffects {
        let decision = try draft.checked(own: community)
        return try await database.effects(ofBlocking: decision.domain)
    }

    /// - Returns: for a block, what it has ended.
    package func callAsFunction(_ draft: DomainDecisionDraft, now: Date) async throws -> DomainEffects {
        let decision = try draft.checked(own: community)
        return try await database.transaction { transaction in
            let effects = try await transaction.effects(ofBlocking: decision.domain)
            try await transaction.save(
                DomainRule(
                    domain: decision.domain, kind: decision.kind, reason: decision.reason, author: decision.author,
                    createdAt: now))
            try await transaction.deleteDomainRequests(below: decision.domain)
            if decision.kind == .block {
                try await Neighbours.end(with: decision.domain, in: transaction)
                try await transaction.endFollows(with: decision.domain)
                try await transaction.dropDeliveries(to: decision.domain)
            }
            return effects
        }
    }

    /// Lifts the rule about a domain.
    ///
    /// - Returns: the rule that there was; nil when there was none.
    package func remove(_ name: String) async throws -> DomainRule? {
        let domain = try DomainDecisionDraft.domain(name)
        return try await database.transaction { transaction in
            let rule = try await transaction.domainRule(domain)
            try await transaction.deleteDomainRule(domain)
            return rule
        }
    }
}
