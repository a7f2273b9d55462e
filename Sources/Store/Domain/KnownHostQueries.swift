package import Foundation
package import PostgreSQL

extension Queryable {
    /// Remembers that somebody has proved to be at a host, `host[:port]`.
    package func rememberHost(_ authority: String) async throws {
        try await submit(
            """
            insert into hosts (host, known_since) values (\(authority), now())
            on conflict (host) do update set known_since = excluded.known_since where hosts.known_since is null
            """)
    }

    /// When somebody first proved to be at a host; nil when nobody did.
    package func hostKnownSince(_ authority: String) async throws -> Date? {
        try await row("select known_since from hosts where host = \(authority) and known_since is not null")
            .map { try $0.get("known_since") }
    }
}
