/// How somebody mentors; one can do several.
package enum MentoringStyle: String, CaseIterable, Sendable {
    /// In writing, each when they have time.
    case async
    /// Sessions at agreed times.
    case scheduled
    /// A talk now and then, without a plan.
    case casual
}
