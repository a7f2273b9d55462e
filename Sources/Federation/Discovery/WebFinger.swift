import JSONTree
package import Wire

/// Asks other servers which actor stands behind a handle (RFC 7033).
package struct WebFinger: Sendable {
    private let fetcher: DocumentFetcher

    package init(fetcher: DocumentFetcher) { self.fetcher = fetcher }

    /// The actor's id, and the handle as its own server spells it (split domains answer with another subject).
    package func actor(of handle: Handle, scheme: URI.Scheme) async throws(DocumentFetcher.Failure) -> (URI, Handle) {
        let first = try await ask(handle, scheme: scheme)
        guard first.subject != handle else { return (first.actor, handle) }
        // The server of the new subject must say the same, or anybody could dress up as somebody else's handle.
        let second = try await ask(first.subject, scheme: scheme)
        guard second.subject == first.subject, second.actor == first.actor else { throw .otherID }
        return (second.actor, second.subject)
    }

    private func ask(_ handle: Handle, scheme: URI.Scheme) async throws(DocumentFetcher.Failure) -> (
        subject: Handle, actor: URI
    ) {
        let host = handle.domain
        guard let uri = URI("\(scheme.rawValue)://\(host)/.well-known/webfinger?resource=acct:\(handle)") else {
            throw .otherID
        }
        let document = try await fetcher.description(at: uri)
        guard let subject = document["subject"]?.string.flatMap({ Handle($0) }) else { throw .otherID }
        let links = (document["links"]?.list ?? []).prefix(50)
        let actor = links.lazy.filter { link in
            link["rel"]?.string == "self"
                && link["type"]?.string.flatMap { MediaType($0) }?.isActivityStreams == true
        }.compactMap { $0["href"]?.string.flatMap { URI($0) } }.first
        guard let actor else { throw .otherID }
        return (subject, actor)
    }
}
