import HTTPSignatures
import Wire

extension Authority {
    /// The authority of an origin as the `Host` header carries it.
    init?(_ origin: Origin) {
        self.init(scheme: origin.scheme == .https ? .https : .http, origin.authority)
    }
}
