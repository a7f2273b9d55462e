package import Wire

/// What is asked of a calendar: when somebody is busy.
package struct CalendarQuestion: Hashable, Sendable {
    /// In which days begin and end, and times without a zone of their own are meant (RFC 5545 section 3.3.5, form 1).
    package let zone: TimeZoneName
    /// In seconds since 1970.
    package let time: Range<Int>

    package init(zone: TimeZoneName, time: Range<Int>) {
        self.zone = zone
        self.time = time
    }
}
