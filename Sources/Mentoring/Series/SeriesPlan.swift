/// The dates of a series as somebody wants them, in which nothing is wrong but that the mentor may have no time.
package struct SeriesPlan: Hashable, Sendable {
    package let frequency: Frequency
    package let dates: [PlannedDate]

    /// What is asked for, ascending.
    package var slots: [Slot] { dates.compactMap(\.wanted) }
}

/// One date of a plan.
package struct PlannedDate: Hashable, Sendable {
    /// From 1, among all dates of the rhythm.
    package let position: Int
    /// What the rhythm gives.
    package let planned: Slot
    /// What is wanted in its place; nil where the date is left out.
    package let wanted: Slot?
}
