import Social
import Store
import UseCases
import WebServer
import Wire

/// Who listens, and what for they may.
struct StreamReader: Sendable {
    /// Nil for whoever showed no token.
    let grant: TokenGrant?
    let client: IPAddress

    var account: ActorID? { grant?.account?.actor.id }

    /// Whether a stream may tell this reader of notifications.
    var hearsNotifications: Bool { grant?.scopes.cover(.readNotifications) ?? false }

    /// - Throws: why the reader may not listen to a stream.
    func check(_ stream: StreamName) throws(Problem) {
        guard let grant else {
            if stream.isPersonal { throw .unauthorised }
            return
        }
        guard grant.scopes.cover(stream.scope) else { throw .outsideScopes(stream.scope) }
        if stream.isPersonal, grant.account == nil { throw .personNeeded }
    }
}

extension Tokens {
    /// Programs in browsers can set no header of a WebSocket but its subprotocol, and of an event source none at all:
    /// they show their token there, or in the query.
    ///
    /// - Throws: 401 for a token that is none; nobody needs to show one.
    func reader(_ exchange: Exchange, subprotocol: String?) async throws -> StreamReader {
        let header = exchange.field("authorization")
        let token: String?
        if let header {
            guard header.lowercased().hasPrefix("bearer ") else { throw Problem.unauthorised }
            token = String(header.dropFirst("bearer ".count).trimmingPrefix(while: { $0 == " " }))
        } else {
            token = subprotocol ?? exchange.query("access_token")
        }
        guard let token else { return StreamReader(grant: nil, client: exchange.client) }
        guard let grant = try await grant(of: token) else { throw Problem.unauthorised }
        return StreamReader(grant: grant, client: exchange.client)
    }
}
