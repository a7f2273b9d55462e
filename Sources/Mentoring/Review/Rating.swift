package import Wire

/// What one of the two thought of the other after a session.
package struct Rating: Hashable, Sendable {
    package static let stars = 1...5
    /// Of what is given in all: a mean of five scores has one digit behind the point.
    package static let tenths = 10...50
    package static let mostWords = 2000

    /// All five of them where the author is of this community; another server may know fewer.
    package let scores: [RatingDimension: Int]
    /// 10 to 50: as given, or the mean of the scores.
    package let overall: Int
    /// Plain text; empty where nothing was written.
    package let words: String
    /// Whether the author lets others read both ratings of the session, given that the other side does so, too.
    package let isPublic: Bool

    package init(scores: [RatingDimension: Int], overall: Int, words: String, isPublic: Bool) {
        self.scores = scores
        self.overall = overall
        self.words = words
        self.isPublic = isPublic
    }
}

/// A rating as another server tells it.
package struct HeardRating: Sendable {
    package let overall: Double
    package let scores: [RatingDimension: Int]
    package let words: String
    package let isPublic: Bool

    package init(overall: Double, scores: [RatingDimension: Int], words: String, isPublic: Bool) {
        self.overall = overall
        self.scores = scores
        self.words = words
        self.isPublic = isPublic
    }

    /// nil where it is none. Scores that do not belong to that role are left out, words are cut.
    package func rating(of subject: Role) -> Rating? {
        let known = RatingDimension.of(subject)
        guard let tenths = Int(exactly: (overall * 10).rounded()), Rating.tenths.contains(tenths),
            scores.values.allSatisfy(Rating.stars.contains)
        else { return nil }
        return Rating(
            scores: scores.filter { known.contains($0.key) }, overall: tenths,
            words: PlainText.fitted(words, limit: Rating.mostWords, lines: .several), isPublic: isPublic)
    }
}

/// A rating as somebody of this community gives it.
package struct RatingDraft: Sendable {
    package var scores: [RatingDimension: Int]
    package var overall: Int?
    package var words: String
    package var isPublic: Bool

    package init(scores: [RatingDimension: Int], overall: Int? = nil, words: String = "", isPublic: Bool = false) {
        self.scores = scores
        self.overall = overall
        self.words = words
        self.isPublic = isPublic
    }

    /// - Throws: `InvalidFields` about `scores.…`, `overall` and `words`.
    package func checked(of subject: Role) throws(InvalidFields) -> Rating {
        var checks = FieldChecks()
        let wanted = RatingDimension.of(subject)
        for dimension in wanted {
            guard let score = scores[dimension] else {
                checks.fail("scores.\(dimension.rawValue)", "Give 1 to 5.")
                continue
            }
            if !Rating.stars.contains(score) { checks.fail("scores.\(dimension.rawValue)", "Use 1 to 5.") }
        }
        for dimension in RatingDimension.allCases where scores[dimension] != nil && !wanted.contains(dimension) {
            checks.fail("scores.\(dimension.rawValue)", "A \(subject.rawValue) is not rated by that.")
        }
        if let overall, !Rating.stars.contains(overall) { checks.fail("overall", "Use 1 to 5.") }
        let words = checks.text(words, "words", length: 0...Rating.mostWords, lines: .several)
        try checks.finish()
        let given = wanted.compactMap { scores[$0] }
        // Rounded half up, in tenths.
        let mean = (given.reduce(0, +) * 20 + given.count) / (2 * max(1, given.count))
        return Rating(scores: scores, overall: overall.map { $0 * 10 } ?? mean, words: words, isPublic: isPublic)
    }
}
