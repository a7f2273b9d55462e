import ActivityStreams
import JSONTree
import Wire

/// What a server says who stands behind a handle (RFC 7033 section 4.4), as far as anybody here asks.
struct WebFingerAnswer: Equatable, Sendable {
    /// The handle as the server spells it.
    let subject: Handle
    let actor: URI

    /// nil when the document names no handle, or no actor in a form that we can read.
    init?(_ document: JSON) {
        let links = document["links"].list.prefix(50)
        let actor = links.lazy.filter { link in
            link["rel"]?.string == "self"
                && link["type"]?.string.flatMap { MediaType($0) }?.isActivityStreams == true
        }.compactMap { $0["href"]?.string.flatMap { URI($0) } }.first
        guard let subject = document["subject"]?.string.flatMap({ Handle($0) }), let actor else { return nil }
        self.subject = subject
        self.actor = actor
    }
}

/// Where a host is asked about a handle.
struct WebFingerQuestion: Equatable, Sendable {
    /// `acct:name@host`.
    private let resource: String
    /// The usual place.
    let usual: URI
    /// The host's description of itself (RFC 6415), in JSON alone.
    let hostMeta: URI

    /// nil when the host is too long for an address.
    init?(_ handle: Handle, scheme: URI.Scheme) {
        let root = "\(scheme.rawValue)://\(handle.domain)/.well-known"
        resource = "acct:\(handle)"
        guard let usual = URI("\(root)/webfinger?resource=\(resource)"), let meta = URI("\(root)/host-meta.json") else {
            return nil
        }
        self.usual = usual
        hostMeta = meta
    }

    /// Where the host's description of itself says that questions are answered.
    func place(in description: JSON) -> URI? {
        description["links"].list.prefix(50).lazy.filter { $0["rel"]?.string == "lrdd" }
            .compactMap { $0["template"]?.string }.first { $0.utf8.count <= 2048 && $0.contains("{uri}") }
            .flatMap { URI($0.replacing("{uri}", with: resource)) }
    }
}
