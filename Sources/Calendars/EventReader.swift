internal import CLibical

/// Reads the entries of a calendar out of the tree that the library makes of it.
struct EventReader {
    private var clocks: EventClocks

    /// Something in an entry that says when it is cannot be read.
    struct Unreadable: Error {}

    init(clocks: EventClocks) { self.clocks = clocks }

    mutating func event(_ component: OpaquePointer) throws(Unreadable) -> Event {
        let properties = try Properties(component)
        guard let property = properties[ICAL_DTSTART_PROPERTY].first else { throw Unreadable() }
        let clock = clock(of: property, icalproperty_get_dtstart(property))
        let start = try time(icalproperty_get_dtstart(property), clock)
        var added: [(start: EventTime, end: Int?)] = []
        for property in properties[ICAL_RDATE_PROPERTY] { added.append(try self.added(property, clock)) }
        let replaced = properties[ICAL_RECURRENCEID_PROPERTY].first
        return Event(
            uid: properties[ICAL_UID_PROPERTY].first.flatMap { icalproperty_get_uid($0) }.map { String(cString: $0) }
                ?? "",
            clock: clock, start: start, length: try length(properties, from: start, clock),
            isBusy: isBusy(properties), rules: try rules(properties, clock), added: added,
            removed: try properties[ICAL_EXDATE_PROPERTY].map { property throws(Unreadable) in
                try time(icalproperty_get_exdate(property), of: property, else: clock)
            },
            replaces: try replaced.map { property throws(Unreadable) in
                try time(icalproperty_get_recurrenceid(property), of: property, else: clock)
            },
            isForFuture: replaced.flatMap { icalproperty_get_first_parameter($0, ICAL_RANGE_PARAMETER) }
                .map { icalparameter_get_range($0) == ICAL_RANGE_THISANDFUTURE } ?? false)
    }

    /// What a VFREEBUSY says (RFC 5545 section 3.6.4): times of UTC.
    func busyTimes(_ component: OpaquePointer) throws(Unreadable) -> [Range<Int>] {
        var times: [Range<Int>] = []
        for property in try Properties(component)[ICAL_FREEBUSY_PROPERTY] {
            let type = icalproperty_get_first_parameter(property, ICAL_FBTYPE_PARAMETER)
            if type.map({ icalparameter_get_fbtype($0) }) == ICAL_FBTYPE_FREE { continue }
            let period = icalproperty_get_freebusy(property)
            let start = try time(period.start, .utc)
            let end = try end(of: period, from: start, .utc)
            if start.moment < end { times.append(start.moment..<end) }
        }
        return times
    }
}

extension EventReader {
    /// STATUS and TRANSP (RFC 5545 sections 3.8.1.11 and 3.8.2.7).
    private func isBusy(_ properties: Properties) -> Bool {
        if let status = properties[ICAL_STATUS_PROPERTY].first, icalproperty_get_status(status) == ICAL_STATUS_CANCELLED
        {
            return false
        }
        guard let shown = properties[ICAL_TRANSP_PROPERTY].first else { return true }
        return ![ICAL_TRANSP_TRANSPARENT, ICAL_TRANSP_TRANSPARENTNOCONFLICT].contains(icalproperty_get_transp(shown))
    }

    /// DTEND, or DURATION; without both a day takes itself, and a time nothing (RFC 5545 section 3.6.1).
    private mutating func length(
        _ properties: Properties, from start: EventTime, _ clock: EventClock
    ) throws(Unreadable) -> Event.Length {
        if let property = properties[ICAL_DTEND_PROPERTY].first {
            let end = try time(icalproperty_get_dtend(property), of: property, else: clock)
            // Some write the last day where the day after it belongs.
            if start.isDay { return Event.Length(days: max(1, end.day - start.day)) }
            guard end.moment >= start.moment else { throw Unreadable() }
            return Event.Length(seconds: end.moment - start.moment)
        }
        guard let property = properties[ICAL_DURATION_PROPERTY].first else {
            return Event.Length(days: start.isDay ? 1 : 0)
        }
        return try length(icalproperty_get_duration(property))
    }

    private func length(_ duration: icaldurationtype) throws(Unreadable) -> Event.Length {
        let parts = [duration.days, duration.weeks, duration.hours, duration.minutes, duration.seconds]
        guard duration.is_neg == 0, parts.allSatisfy({ $0 < 100_000_000 }) else { throw Unreadable() }
        return Event.Length(
            days: Int(duration.weeks) * 7 + Int(duration.days),
            seconds: Int(duration.hours) * 3600 + Int(duration.minutes) * 60 + Int(duration.seconds))
    }

    private func rules(_ properties: Properties, _ clock: EventClock) throws(Unreadable) -> [Event.Rule] {
        try properties[ICAL_RRULE_PROPERTY].map { property throws(Unreadable) in
            var rule = icalproperty_get_rrule(property)
            var until: Int?
            if icaltime_is_null_time(rule.until) == 0 {
                let isUTC = icaltime_is_utc(rule.until) != 0
                let last = try time(rule.until, isUTC ? .utc : clock)
                until = last.isDay ? clock.moment(of: last.wall + 86_399) : last.moment
                // The library would compare what the wall clock shows with a time of UTC.
                rule.until = icaltime_null_time()
            }
            return Event.Rule(rule: rule, until: until)
        }
    }

    private mutating func added(
        _ property: OpaquePointer, _ clock: EventClock
    ) throws(Unreadable) -> (start: EventTime, end: Int?) {
        let value = icalproperty_get_rdate(property)
        guard icaltime_is_null_time(value.time) != 0 else {
            return (try time(value.time, of: property, else: clock), nil)
        }
        let clock = self.clock(of: property, value.period.start, else: clock)
        let start = try time(value.period.start, clock)
        return (start, try end(of: value.period, from: start, clock))
    }

    private func end(
        of period: icalperiodtype, from start: EventTime, _ clock: EventClock
    ) throws(Unreadable) -> Int {
        if icaltime_is_null_time(period.end) == 0 { return try time(period.end, clock).moment }
        let length = try length(period.duration)
        return clock.moment(of: start.wall + length.days * 86_400) + length.seconds
    }

    private mutating func time(
        _ value: icaltimetype, of property: OpaquePointer, else clock: EventClock
    ) throws(Unreadable) -> EventTime {
        try time(value, self.clock(of: property, value, else: clock))
    }

    private func time(_ value: icaltimetype, _ clock: EventClock) throws(Unreadable) -> EventTime {
        guard icaltime_is_null_time(value) == 0, (1...9999).contains(value.year), (1...12).contains(value.month),
            (1...31).contains(value.day), (0...23).contains(value.hour), (0...59).contains(value.minute),
            (0...60).contains(value.second)
        else { throw Unreadable() }
        var shown = value
        shown.zone = nil
        return EventTime(wall: icaltime_as_timet(shown), isDay: value.is_date != 0, clock: clock)
    }

    /// - Parameter other: of a time without a zone, where it belongs to another.
    private mutating func clock(
        of property: OpaquePointer, _ value: icaltimetype, else other: EventClock? = nil
    ) -> EventClock {
        if value.is_date != 0 { return clocks.floating }
        if icaltime_is_utc(value) != 0 { return .utc }
        guard let parameter = icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER),
            let name = icalparameter_get_tzid(parameter)
        else { return other ?? clocks.floating }
        return clocks.clock(named: String(cString: name))
    }
}

/// The properties of one entry that say when it is.
private struct Properties {
    private var found: [UInt32: [OpaquePointer]] = [:]

    /// - Throws: where one of them was there and made no sense to the library.
    init(_ component: OpaquePointer) throws(EventReader.Unreadable) {
        var next = icalcomponent_get_first_property(component, ICAL_ANY_PROPERTY)
        while let property = next {
            let kind = icalproperty_isa(property)
            if kind == ICAL_XLICERROR_PROPERTY, Self.isAboutTime(property) { throw EventReader.Unreadable() }
            found[kind.rawValue, default: []].append(property)
            next = icalcomponent_get_next_property(component, ICAL_ANY_PROPERTY)
        }
    }

    subscript(kind: icalproperty_kind) -> [OpaquePointer] { found[kind.rawValue] ?? [] }

    private static let names = [
        "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "FREEBUSY",
    ]

    private static func isAboutTime(_ property: OpaquePointer) -> Bool {
        guard let text = icalproperty_get_xlicerror(property).map({ String(cString: $0) }) else { return true }
        return names.contains { text.contains(" in \($0) property") }
    }
}
