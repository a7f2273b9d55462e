import JSONTree
package import PostgreSQL
package import Social
import Store
import Wire

/// Finds out which software the server of somebody runs who knows no sessions, as NodeInfo tells it (NodeInfo 2.1;
/// FEP-f1d5), and remembers it for a week. A host that says nothing keeps what it said before.
package struct FindSoftware: Sendable {
    private let database: Pool
    private let fetcher: DocumentFetcher

    package init(database: Pool, fetcher: DocumentFetcher) {
        self.database = database
        self.fetcher = fetcher
    }

    package func callAsFunction(of actor: Actor) async throws {
        guard !actor.isLocal, !actor.speaksMentoring else { return }
        let host = actor.uri.origin.authority
        guard try await !database.hasFreshSoftware(host) else { return }
        try await database.rememberSoftware(await software(at: actor.uri.origin), of: host)
    }

    private func software(at origin: Origin) async -> String? {
        guard let start = URI("\(origin)/.well-known/nodeinfo") else { return nil }
        do throws(DocumentFetcher.Failure) {
            let links = try await fetcher.description(at: start)["links"]?.list ?? []
            let addresses = links.prefix(10).compactMap { link -> URI? in
                guard link["rel"]?.string?.hasPrefix("http://nodeinfo.diaspora.software/ns/schema/") == true else {
                    return nil
                }
                return link["href"]?.string.flatMap { URI($0) }
            }
            // What another host says of this one is not its word.
            guard let address = addresses.last(where: { $0.origin == origin }) else { return nil }
            let name = try await fetcher.description(at: address)["software"]?["name"]?.string
            guard let name, (1...60).contains(name.unicodeScalars.count), !name.utf8.contains(0) else { return nil }
            return name.lowercased()
        } catch {
            return nil
        }
    }
}
