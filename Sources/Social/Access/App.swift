package import Foundation

/// A program that people use their accounts with, as it has registered itself: an OAuth 2 client.
package struct App: Hashable, Sendable {
    package let id: Int64
    package let name: String
    /// Where people read about it.
    package let website: String?
    /// Where answers of the authorisation page may go; compared byte by byte (RFC 9700 section 4.1.3).
    package let redirects: [RedirectAddress]
    package let scopes: [Scope]
    package let clientID: String
    package let createdAt: Date

    package init(
        id: Int64, name: String, website: String?, redirects: [RedirectAddress], scopes: [Scope], clientID: String,
        createdAt: Date
    ) {
        self.id = id
        self.name = name
        self.website = website
        self.redirects = redirects
        self.scopes = scopes
        self.clientID = clientID
        self.createdAt = createdAt
    }

    /// The registered address that a request names.
    package func redirect(_ text: String) -> RedirectAddress? {
        guard let wanted = RedirectAddress(text) else { return nil }
        return redirects.contains { $0.admits(wanted) } ? wanted : nil
    }
}
