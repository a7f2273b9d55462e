package import Social

/// One address that this server answers: what it is called by, who may call it, and what it does.
///
/// Faces declare their routes as values; the server alone turns them into sockets, so that limits, authentication and
/// error answers are the same everywhere.
package struct Route: Sendable {
    package enum Method: String, CaseIterable, Sendable {
        case get = "GET", post = "POST", put = "PUT", patch = "PATCH", delete = "DELETE"
    }

    /// Who may call a route; without exception each one says so.
    package enum Access: Hashable, Sendable {
        /// Anybody. What is shown may still depend on who asks, by a signature that the route itself checks.
        case open
        /// People whose bearer token has this scope.
        case token(Scope)
        /// Anybody; but who shows a token must show a good one, with this scope.
        case reader(Scope)
        /// Holders of any token, of a person or of an app alone.
        case anyToken
    }

    /// How often one and the same may call a route.
    package enum Pace: Hashable, Sendable {
        /// As often as they like, as far as this limit goes: pages, and what other servers call.
        case free
        /// 300 times in five minutes, together with all routes of this pace.
        case steady
        /// 30 times in half an hour: what leaves something behind that is costly or lasts.
        case rare
        /// 30 times in half an hour with all tokens of one account together: whatever brings files.
        case uploads
    }

    package typealias Handler = @Sendable (Exchange) async throws -> Answer

    package let method: Method
    /// The path with its variable parts in braces, for example `/users/{name}/inbox`.
    package let path: String
    package let access: Access
    /// The largest body that is read, in bytes.
    package let bodyLimit: Int
    /// The largest body that brings files, on routes that take them as `multipart/form-data`.
    package let uploadLimit: Int?
    package let pace: Pace
    package let handler: Handler

    /// - Parameter pace: steady for the API of programs where nothing else is said.
    package init(
        _ method: Method, _ path: String, access: Access, bodyLimit: Int = 262_144, uploadLimit: Int? = nil,
        pace: Pace? = nil, handler: @escaping Handler
    ) {
        self.method = method
        self.path = path
        self.access = access
        self.bodyLimit = bodyLimit
        self.uploadLimit = uploadLimit
        self.pace = pace ?? (path.hasPrefix("/api/") ? .steady : .free)
        self.handler = handler
    }
}
