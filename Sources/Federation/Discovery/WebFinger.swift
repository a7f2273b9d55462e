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

    private func ask(_ handle: Handle, scheme: URI.Scheme) async throws(DocumentFetcher.Failure) -> WebFingerAnswer {
        guard let answer = WebFingerAnswer(try await description(of: handle, scheme: scheme)) else { throw .otherID }
        return answer
    }

    /// At the usual place, or else where the host's own description of itself says.
    private func description(of handle: Handle, scheme: URI.Scheme) async throws(DocumentFetcher.Failure) -> JSON {
        guard let question = WebFingerQuestion(handle, scheme: scheme) else { throw .otherID }
        do {
            return try await fetcher.description(at: question.usual)
        } catch {
            guard error == .status(404) else { throw error }
            guard let meta = try? await fetcher.description(at: question.hostMeta),
                let place = question.place(in: meta), place != question.usual
            else { throw error }
            return try await fetcher.description(at: place)
        }
    }
}
