/// Whom a post is for.
package enum Visibility: String, CaseIterable, Sendable {
    /// Everybody, and shown wherever public posts are.
    case `public`
    /// Everybody who has its address; shown to followers alone.
    case unlisted
    /// Accepted followers, and whom it names.
    case followers
    /// Whom it names.
    case direct

    /// Whether anybody may read it, whoever asks.
    package var isOpen: Bool { self == .public || self == .unlisted }
}
