package import Social
import Wire

extension Viewer {
    /// Who asks, by the actor that signed: a server's own actor asks for all of its people, and bears its host's name.
    package init(_ signer: Actor?) {
        guard let signer else {
            self = .nobody
            return
        }
        let isServer = (signer.kind == .application || signer.kind == .service) && signer.handle.name == signer.uri.host
        self = isServer && !signer.isLocal ? .server(domain: signer.handle.domain) : .actor(signer.id)
    }
}
