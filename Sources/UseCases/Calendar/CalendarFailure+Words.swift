import Calendars
import Mentoring
import Outbound

extension CalendarFailure {
    /// What went wrong on the way there.
    init(_ error: OutboundError) {
        let sentence =
            switch error {
            case .scheme, .forbiddenHost, .forbiddenPort, .forbiddenAddress, .ownOrigin, .refusedHost, .invalidRequest,
                .signing:
                "The address, or one that it leads to, is none that this server reads from."
            case .tooManyRedirects, .redirectLoop, .badRedirect:
                "The address leads on to others, and not to a calendar."
            case .tooLarge: "The calendar is larger than \(CalendarLimits.mostBytes >> 20) MiB."
            case .headersTooLarge, .malformedResponse: "What the address answers cannot be read."
            case .noSuchHost: "There is no server of this name."
            case .dns: "The name of the server could not be looked up."
            case .connect, .connectionLost: "The server cannot be reached."
            case .tls: "No secure connection to the server is possible."
            case .timeout: "The server took too long to answer."
            case .cancelled, .shutDown: "The reading was interrupted."
            }
        self.init(sentence, isLasting: !error.isTransient)
    }

    /// What a server answered that did not give the calendar.
    init(status: Int, wait: Duration?) {
        let sentence =
            switch status {
            case 401, 403, 407: "The server does not let anybody read the calendar at this address (HTTP \(status))."
            case 404, 410: "The server has no calendar at this address (HTTP \(status))."
            case 429: "The server asks not to be asked so often (HTTP 429)."
            default: "The server did not give the calendar (HTTP \(status))."
            }
        self.init(sentence, isLasting: (400..<500).contains(status) && ![408, 425, 429].contains(status), wait: wait)
    }

    /// Why what came is of no use.
    init(_ refusal: CalendarRefusal) {
        switch refusal {
        case .noCalendar: self.init("What the address gives is no calendar in the form iCalendar.", isLasting: true)
        case .page:
            self.init(
                "The address gives a page for people and no calendar. Take the one that ends in .ics or is called "
                    + "iCal.",
                isLasting: true)
        case .unfinished: self.init("The calendar ends in its middle.", isLasting: false)
        case .tooMany:
            self.init(
                "The calendar has more than \(CalendarLimits.mostTimes) busy times within "
                    + "\(OutsideCalendar.daysAhead) days, or something in it repeats too often.", isLasting: true)
        case .tooCostly: self.init("Reading the calendar takes too long.", isLasting: true)
        case .unreadable: self.init("The calendar is broken and cannot be read.", isLasting: true)
        case .unavailable: self.init("This server cannot read calendars at present.", isLasting: false)
        }
    }
}
