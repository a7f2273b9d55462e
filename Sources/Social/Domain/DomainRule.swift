package import Foundation

/// What the community has decided about a domain and every name below it.
package struct DomainRule: Hashable, Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        /// Nothing goes in or out, and what is known of it is shown no more.
        case block
        /// It is let in, but only what a person here asked for is shown: see ``Judgement/limited``.
        case limit
        /// It is let in, where only listed domains are, or where a rule about a domain above it says otherwise.
        case allow

        /// Of two rules about one domain the stricter holds: block beats limit, and limit beats allow.
        var strictness: Int {
            switch self {
            case .block: 2
            case .limit: 1
            case .allow: 0
            }
        }
    }

    package let domain: DomainName
    package let kind: Kind
    /// For the people who look after the community; not shown to others.
    package let reason: String
    /// Who decided.
    package let author: String
    package let createdAt: Date

    package init(domain: DomainName, kind: Kind, reason: String, author: String, createdAt: Date) {
        self.domain = domain
        self.kind = kind
        self.reason = reason
        self.author = author
        self.createdAt = createdAt
    }
}
