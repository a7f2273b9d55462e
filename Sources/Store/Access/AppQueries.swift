package import PostgreSQL
package import Social
import Wire

extension Queryable {
    package func insertApp(_ draft: AppDraft, clientID: String, secretHash: [UInt8]) async throws -> App {
        let row = try await row(
            """
            insert into apps (name, website, redirects, scopes, client_id, secret_hash)
            values (\(draft.name), \(draft.website), \(draft.redirects.map(\.text)), \(draft.scopes.map(\.rawValue)),
                \(clientID), \(secretHash))
            returning \(App.columns)
            """)
        guard let row else { throw StoreError.nothingReturned }
        return try App(row)
    }

    package func app(clientID: String) async throws -> App? {
        try await row("select \(App.columns) from apps where client_id = \(clientID)").map(App.init)
    }

    package func app(_ id: Int64) async throws -> App? {
        try await row("select \(App.columns) from apps where id = \(id)").map(App.init)
    }

    package func secretHash(of app: Int64) async throws -> [UInt8]? {
        try await row("select secret_hash from apps where id = \(app)").map { try $0.get("secret_hash") }
    }
}

extension App {
    static let columns: SQL = """
        apps.id, apps.name, apps.website, apps.redirects, apps.scopes, apps.client_id, apps.created_at
        """

    init(_ row: Row) throws {
        let redirects: [String] = try row.get("redirects")
        let scopes: [String] = try row.get("scopes")
        self.init(
            id: try row.get("id"), name: try row.get("name"), website: try row.get("website"),
            redirects: redirects.compactMap { RedirectAddress($0) },
            scopes: scopes.compactMap { Scope(rawValue: $0) }, clientID: try row.get("client_id"),
            createdAt: try row.get("created_at"))
    }
}
