internal import CLibical

/// One entry of a calendar, as far as it says when somebody is busy.
struct Event {
    /// How long it takes. Days are those of the wall clock, the rest is exact (RFC 5545 sections 3.3.6 and 3.8.5.3).
    struct Length {
        var days = 0
        var seconds = 0
    }

    let uid: String
    let clock: EventClock
    let start: EventTime
    let length: Length
    let isBusy: Bool
    let rules: [Rule]
    /// Beginnings beside those of the rules, some with an end of their own.
    let added: [(start: EventTime, end: Int?)]
    let removed: [EventTime]
    /// Which one of a row of events this stands for.
    let replaces: EventTime?
    /// Whether it stands for all that come after that one, too.
    let isForFuture: Bool

    struct Rule {
        let rule: icalrecurrencetype
        /// The last moment at which it may begin once more.
        let until: Int?
    }

    func end(from start: EventTime) -> Int {
        let day = length.days == 0 ? start.moment : clock.moment(of: start.wall + length.days * 86_400)
        return day + length.seconds
    }
}
