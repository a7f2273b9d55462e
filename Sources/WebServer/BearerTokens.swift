import Social
import Store
package import UseCases

/// Finds the account behind `Authorization: Bearer …`, for a route that asks for a scope (RFC 6750). Tokens in the
/// query are not looked at.
package func bearerTokens(_ tokens: Tokens) -> Authoriser {
    { header, scope in
        guard let header, header.utf8.count <= 1024, header.lowercased().hasPrefix("bearer ") else {
            throw Problem.unauthorised
        }
        let token = header.dropFirst("bearer ".count).trimmingPrefix(while: { $0 == " " })
        guard let grant = try await tokens.grant(of: String(token)) else { throw Problem.unauthorised }
        guard grant.scopes.contains(scope) else {
            throw Problem.forbidden("This token does not have the scope '\(scope.rawValue)'.")
        }
        return grant.account
    }
}
