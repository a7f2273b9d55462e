/// What many sessions come to: of one person in one role, or of a community.
package struct Figures: Hashable, Sendable {
    /// Requests, whatever became of them.
    package var asked = 0
    /// Those that were accepted at some time.
    package var agreed = 0
    package var completed = 0
    /// Sessions to which somebody did not come, as far as that is decided.
    package var noShows = 0
    /// Agreed sessions that were cancelled by whomever.
    package var cancelled = 0
    /// Cancels that came later than the community wants it (see ``Notice``): by the person, or in a community by anybody.
    package var lateCancels = 0
    /// Times that count at which the person, or in a community anybody, was missing.
    package var missed = 0
    /// What the completed sessions took, as far as it was told; otherwise what was agreed.
    package var minutes = 0
    /// Requests to which the mentor gave an answer.
    package var answered = 0
    /// Half of the answers came within so many minutes; nil where there was none.
    package var usualAnswerMinutes: Int?
    package var ratings = RatingSummary.none

    package init() {}

    /// Of a hundred agreed sessions that are over, how many took place; nil where none is.
    package var completedShare: Int? {
        let over = completed + noShows + cancelled
        return over == 0 ? nil : completed * 100 / over
    }
}
