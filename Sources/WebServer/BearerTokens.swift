import Social
import Store
package import UseCases

/// Finds the holder behind `Authorization: Bearer …`, for what a route asks for (RFC 6750). Tokens in the query are not
/// looked at.
package func bearerTokens(_ tokens: Tokens) -> Authoriser {
    { header, access in
        let wanted: Scope?
        switch access {
        case .open: return nil
        case .reader(let scope):
            if header == nil { return nil }
            wanted = scope
        case .token(let scope): wanted = scope
        case .anyToken: wanted = nil
        }
        guard let token = header.flatMap(bearerToken), let grant = try await tokens.grant(of: token) else {
            throw Problem.unauthorised
        }
        if let wanted, !grant.scopes.cover(wanted) { throw Problem.outsideScopes(wanted) }
        if case .token = access, grant.account == nil { throw Problem.personNeeded }
        return grant
    }
}

/// What stands behind `Bearer` in an `Authorization` header (RFC 6750 section 2.1).
func bearerToken(_ header: String) -> String? {
    guard header.utf8.count <= 1024, header.lowercased().hasPrefix("bearer ") else { return nil }
    return String(header.dropFirst("bearer ".count).trimmingPrefix(while: { $0 == " " }))
}

extension Exchange {
    /// The token by which ``grant`` was given, for what has to repeat it.
    package var bearerToken: String? {
        grant == nil ? nil : field("authorization").flatMap { WebServer.bearerToken($0) }
    }
}
