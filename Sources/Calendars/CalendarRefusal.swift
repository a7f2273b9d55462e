/// Why what an address gives says nothing of when somebody is busy.
package enum CalendarRefusal: String, Error, CaseIterable, Sendable {
    /// Something else than iCalendar.
    case noCalendar = "no_calendar"
    /// A page for people, as behind a sign-in.
    case page
    /// It ends before its end.
    case unfinished
    /// It has more times than are kept, or repeats too often.
    case tooMany = "too_many"
    /// Reading it took more time, memory or room than one calendar may take.
    case tooCostly = "too_costly"
    /// The program that reads it broke on it.
    case unreadable
    /// Nothing is wrong with it: the machine cannot read it now.
    case unavailable
}
