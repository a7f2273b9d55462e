package import PostgreSQL
package import Social
package import Wire

/// How somebody writes when they do not say otherwise.
package struct PostingDefaults: Hashable, Sendable {
    package var visibility: Visibility
    package var isSensitive: Bool
    package var language: String?

    package init(visibility: Visibility, isSensitive: Bool, language: String?) {
        self.visibility = visibility
        self.isSensitive = isSensitive
        self.language = language
    }
}

extension Queryable {
    package func postingDefaults(of account: ActorID) async throws -> PostingDefaults {
        let found = try await row(
            "select posting_visibility, posting_sensitive, posting_language from accounts where actor_id = \(account)")
        guard let found else { throw StoreError.nothingReturned }
        return PostingDefaults(
            visibility: try found.get("posting_visibility"), isSensitive: try found.get("posting_sensitive"),
            language: try found.get("posting_language"))
    }

    package func save(_ defaults: PostingDefaults, of account: ActorID) async throws {
        _ = try await execute(
            """
            update accounts set posting_visibility = \(defaults.visibility),
                posting_sensitive = \(defaults.isSensitive), posting_language = \(defaults.language)
            where actor_id = \(account)
            """)
    }
}
