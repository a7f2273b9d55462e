/// With whom this community has to do, before any rule about a single domain.
package enum FederationMode: String, CaseIterable, Sendable {
    /// With everybody who is not blocked.
    case open
    /// With domains alone that a rule lets in. What comes from others is refused, never fetched, and noted for review.
    case allowlist
    /// With nobody.
    case closed
}
