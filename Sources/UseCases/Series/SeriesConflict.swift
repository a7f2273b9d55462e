package import Mentoring

/// Dates of a wished series on which the mentor has no time. Nothing was changed.
package struct SeriesNotFree: Error, Sendable {
    /// Of all dates, also those that are free.
    package let findings: [SeriesFinding]
}

/// Dates of a series because of which nothing was done to any of them.
package struct SeriesConflict: Error, Sendable {
    package struct Failure: Sendable {
        package let position: Int
        package let session: Session
        package let reason: Reason
    }

    package enum Reason: Sendable {
        case refused(Refusal)
        case notFree(TimeNotFree)
    }

    /// In their order, not empty; nil where no date is left with which it could be done.
    package let dates: [Failure]?
}
