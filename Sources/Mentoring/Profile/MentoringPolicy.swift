/// What a community lays down for its mentors and for those who ask them.
package struct MentoringPolicy: Sendable {
    package enum Admission: String, CaseIterable, Sendable {
        /// Everybody may be a mentor.
        case everybody
        /// Who was a mentor before, and who applied and was approved.
        case approval
    }

    package var admission = Admission.everybody
    /// How many requests in a row a mentor may let expire before they are paused; 0 is any number.
    package var patience = 3
    /// How many requests of one person may wait for an answer at a time.
    package var mostOpenAsks = 5
    /// How far ahead people say that they cannot come, or want another time.
    package var notice = Notice()
    /// What becomes of people who do not come.
    package var noShows = NoShowLadder()
    /// Under which names subjects are found.
    package var synonyms = Synonyms.shipped

    package init() {}
}
