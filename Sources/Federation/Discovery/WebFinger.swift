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
        let document = try await description(of: handle, scheme: scheme)
        guard let subject = document["subject"]?.string.flatMap({ Handle($0) }) else { throw .otherID }
        let links = (document["links"]?.list ?? []).prefix(50)
        let actor = links.lazy.filter { link in
            link["rel"]?.string == "self"
                && link["type"]?.string.flatMap { MediaType($0) }?.isActivityStreams == true
        }.compactMap { $0["href"]?.string.flatMap { URI($0) } }.first
        guard let actor else { throw .otherID }
        return (subject, actor)
    }

    /// At the usual place, or else where the host's own description of itself says (RFC 6415; in JSON alone).
    private func description(of handle: Handle, scheme: URI.Scheme) async throws(DocumentFetcher.Failure) -> JSON {
        let root = "\(scheme.rawValue)://\(handle.domain)/.well-known"
        let resource = "acct:\(handle)"
        guard let usual = URI("\(root)/webfinger?resource=\(resource)"), let meta = URI("\(root)/host-meta.json") else {
            throw .otherID
        }
        do {
            return try await fetcher.description(at: usual)
        } catch {
            guard error == .status(404) else { throw error }
            guard let template = try? await fetcher.description(at: meta).webFingerTemplate,
                let place = URI(template.replacing("{uri}", with: resource)), place != usual
            else { throw error }
            return try await fetcher.description(at: place)
        }
    }
}

extension JSON {
    /// The address under which a host answers questions about its people, with `{uri}` for whom.
    fileprivate var webFingerTemplate: String? {
        self["links"].list.prefix(50).lazy.filter { $0["rel"]?.string == "lrdd" }.compactMap { $0["template"]?.string }
            .first { $0.utf8.count <= 2048 && $0.contains("{uri}") }
    }
}
