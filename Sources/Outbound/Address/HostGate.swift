/// Says with which hosts this community has to do at all. Asked before every request that leaves, each hop of a redirect
/// among them, so that nothing is fetched from a refused host and nothing handed to it, by whatever way its name came.
package protocol HostGate: Sendable {
    /// - Parameter host: in lower case, without port and final dot.
    func admits(_ host: String) async -> Bool
}
