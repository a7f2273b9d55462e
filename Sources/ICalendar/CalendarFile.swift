/// What stands around events in a file (RFC 5545 section 3.4). The parts are written one after the other, so that not
/// all events have to be there at once.
package enum CalendarFile {
    package static let mediaType = "text/calendar; charset=utf-8"

    package static let beginning = [
        ContentLine("BEGIN", "VCALENDAR"), ContentLine("VERSION", "2.0"),
        ContentLine("PRODID", "-//mentord//sessions//EN"), ContentLine("CALSCALE", "GREGORIAN"),
    ].map(\.folded).joined()

    package static let end = ContentLine("END", "VCALENDAR").folded
}
