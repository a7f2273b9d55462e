/// What a community lays down for its mentors and for those who ask them.
package struct MentoringPolicy: Sendable {
    package enum Admission: String, CaseIterable, Sendable {
        /// Everybody may be a mentor.
        case everybody
        /// Who was a mentor before, and who applied and was approved.
        case approval
    }

    package var admission = Admission.everybody

    package init() {}
}
