/// What holds for sessions of one type.
package struct BookingLimits: Hashable, Sendable {
    package static let mostNotice = 60 * 24 * 60
    package static let days = 1...730
    package static let mostBuffer = 8 * 60
    package static let gridMinutes = 5...Slot.longest
    package static let sessions = 1...100

    /// Where a mentor has said nothing else.
    package static let standard = BookingLimits()

    /// Minutes that must lie between asking and the start.
    package let notice: Int
    /// On how many days to come, today not counted, a session can start.
    package let furthestDays: Int
    /// Minutes that must be free of everything else before a session, and after it.
    package let bufferBefore: Int
    package let bufferAfter: Int
    /// Minutes from one possible start to the next, whatever the length of a session.
    package let grid: Int
    /// Sessions of the type on one day; nil for as many as there is room for.
    package let mostADay: Int?

    /// Takes what was checked before by `AvailabilityDraft`.
    package init(
        notice: Int = 12 * 60, furthestDays: Int = 60, bufferBefore: Int = 0, bufferAfter: Int = 10, grid: Int = 30,
        mostADay: Int? = nil
    ) {
        self.notice = notice
        self.furthestDays = furthestDays
        self.bufferBefore = bufferBefore
        self.bufferAfter = bufferAfter
        self.grid = grid
        self.mostADay = mostADay
    }
}

/// What holds for all sessions of a mentor together, of every type and with people of every community. nil is no cap.
package struct BookingCaps: Hashable, Sendable {
    package static let sessionsADay = 1...50
    package static let sessionsAWeek = 1...200
    package static let hoursAMonth = 1...400

    package let aDay: Int?
    /// Weeks begin on Monday.
    package let aWeek: Int?
    package let hoursAMonth: Int?

    /// Takes what was checked before by `AvailabilityDraft`.
    package init(aDay: Int? = nil, aWeek: Int? = nil, hoursAMonth: Int? = nil) {
        self.aDay = aDay
        self.aWeek = aWeek
        self.hoursAMonth = hoursAMonth
    }
}
