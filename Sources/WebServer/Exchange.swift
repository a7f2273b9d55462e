import Foundation
import HTTPTypes
package import Social
package import Store
package import Wire

/// A request as a route sees it: complete, within its limits, and with the holder of its token already known.
package struct Exchange: Sendable {
    package let method: String
    /// Path and query exactly as they stood on the request line.
    package let target: String
    /// The variable parts of the route's path, percent-decoded.
    package let parameters: [String: String]
    /// Query parameters in order, percent-decoded.
    package let query: [(name: String, value: String)]
    /// Header fields in order, names in lower case, `host` among them.
    package let fields: [(name: String, value: String)]
    package let body: [UInt8]
    /// Whom the token of the request speaks for, on routes that take one.
    package let grant: TokenGrant?
    /// Where the request comes from; behind trusted proxies what they say of it.
    package let client: IPAddress

    package init(
        method: String, target: String, parameters: [String: String], query: [(name: String, value: String)],
        fields: [(name: String, value: String)], body: [UInt8], grant: TokenGrant?, client: IPAddress = .loopback
    ) {
        self.method = method
        self.target = target
        self.parameters = parameters
        self.query = query
        self.fields = fields
        self.body = body
        self.grant = grant
        self.client = client
    }

    package func parameter(_ name: String) -> String { parameters[name] ?? "" }

    /// The first query parameter of that name.
    package func query(_ name: String) -> String? { query.first { $0.name == name }?.value }

    /// The first header field of that name, given in lower case.
    package func field(_ name: String) -> String? { fields.first { $0.name == name }?.value }

    package var contentType: MediaType? { field("content-type").flatMap { MediaType($0) } }

    /// Whether the asker would rather have an ActivityStreams document than a page.
    package var prefersActivityStreams: Bool {
        for type in MediaType.accepted(field("accept") ?? "") {
            if type.isActivityStreams || type.essence == "application/json" || type.essence == "application/ld+json" {
                return true
            }
            if type.isPage { return false }
        }
        return false
    }

    /// Who asks, where a token says so.
    package var account: Account? { grant?.account }

    /// The holder of the token; only routes with ``Route/Access/token(_:)`` may ask.
    package func requireAccount() throws(Problem) -> Account {
        guard let account else { throw Problem.unauthorised }
        return account
    }
}
