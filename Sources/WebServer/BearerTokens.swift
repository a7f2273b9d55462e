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
        guard let header, header.utf8.count <= 1024, header.lowercased().hasPrefix("bearer ") else {
            throw Problem.unauthorised
        }
        let token = header.dropFirst("bearer ".count).trimmingPrefix(while: { $0 == " " })
        guard let grant = try await tokens.grant(of: String(token)) else { throw Problem.unauthorised }
        if let wanted, !grant.scopes.cover(wanted) { throw Problem.outsideScopes(wanted) }
        if case .token = access, grant.account == nil { throw Problem.personNeeded }
        return grant
    }
}
