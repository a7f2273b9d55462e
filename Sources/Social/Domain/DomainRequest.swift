package import Foundation

/// A domain that came while only listed ones are let in. That it was that domain is not proven.
package struct DomainRequest: Hashable, Sendable {
    package let domain: DomainName
    package let firstSeen: Date
    package let lastSeen: Date
    package let attempts: Int

    package init(domain: DomainName, firstSeen: Date, lastSeen: Date, attempts: Int) {
        self.domain = domain
        self.firstSeen = firstSeen
        self.lastSeen = lastSeen
        self.attempts = attempts
    }
}
