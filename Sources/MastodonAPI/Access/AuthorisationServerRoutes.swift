import JSONTree
package import Social
package import WebServer

/// What this server can do as an authorisation server (RFC 8414).
package struct AuthorisationServerRoutes: Sendable {
    private let community: Community

    package init(community: Community) { self.community = community }

    package var routes: [Route] {
        [Route(.get, "/.well-known/oauth-authorization-server", access: .open) { _ in document }]
    }

    private var document: Answer {
        let origin = "\(community.origin)"
        return .json([
            "issuer": .string(origin),
            "service_documentation": "https://docs.joinmastodon.org/",
            "authorization_endpoint": .string("\(origin)/oauth/authorize"),
            "token_endpoint": .string("\(origin)/oauth/token"),
            "revocation_endpoint": .string("\(origin)/oauth/revoke"),
            "app_registration_endpoint": .string("\(origin)/api/v1/apps"),
            "scopes_supported": .strings(Scope.allCases.map(\.rawValue)),
            "response_types_supported": ["code"],
            "response_modes_supported": ["query"],
            "grant_types_supported": ["authorization_code", "client_credentials"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
            "code_challenge_methods_supported": ["S256"],
        ]).publicly(seconds: 3600)
    }
}
