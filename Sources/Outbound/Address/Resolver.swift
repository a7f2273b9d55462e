package import Wire

/// Turns a host name into addresses. Answers are not trusted: they are judged by `AddressPolicy`.
package protocol Resolver: Sendable {
    /// All addresses of a name, best first. Throws `noSuchHost` when the name has none and `dns` when the resolver
    /// could not tell. Must return soon after its task is cancelled.
    func addresses(of host: String) async throws(OutboundError) -> [IPAddress]
}
