/// What the ratings of a mentor come to, as far as this community's own people and their sessions here show it.
package struct RatingSummary: Hashable, Sendable {
    /// A mean of fewer would tell what one person said in private.
    package static let least = 3

    package let count: Int
    /// In tenths; nil for too few.
    package let mean: Int?

    /// - Parameters:
    ///   - total: the sum of the overalls, in tenths.
    ///   - least: of how many there is a mean.
    package init(count: Int, total: Int, least: Int = Self.least) {
        self.count = count
        mean = count >= max(1, least) ? (2 * total + count) / (2 * count) : nil
    }

    package static let none = RatingSummary(count: 0, total: 0)
}
