internal import CLibical

/// Reads a calendar (RFC 5545) with libical: only ever in a process of its own, see ``CalendarReader``.
enum CalendarParser {
    static func busyTimes(
        of bytes: [UInt8], _ question: CalendarQuestion
    ) throws(CalendarRefusal) -> BusyTimes {
        guard bytes.count <= CalendarLimits.mostBytes else { throw .tooCostly }
        let text = try CalendarText.checked(bytes)
        icalerror_set_errors_are_fatal(0)
        let parsed = (text + [0]).withUnsafeBufferPointer { text in
            text.withMemoryRebound(to: CChar.self) { icalparser_parse_string($0.baseAddress) }
        }
        guard let root = parsed else { throw .noCalendar }
        defer { icalcomponent_free(root) }
        let isOne = icalcomponent_isa(root) == ICAL_VCALENDAR_COMPONENT
        let calendars = isOne ? [root] : components(of: root, ICAL_VCALENDAR_COMPONENT)
        guard !calendars.isEmpty else { throw .noCalendar }

        var times = EventTimes(within: question.time)
        var unreadable = 0
        for calendar in calendars {
            var reader = EventReader(clocks: EventClocks(of: calendar, floating: question.zone))
            var events: [String: [Event]] = [:]
            for (place, component) in components(of: calendar, ICAL_VEVENT_COMPONENT).enumerated() {
                do throws(EventReader.Unreadable) {
                    let event = try reader.event(component)
                    // What has no name belongs to nothing else.
                    events[event.uid.isEmpty ? "\n\(place)" : event.uid, default: []].append(event)
                } catch {
                    unreadable += 1
                }
            }
            for (_, group) in events { try times.add(group) }
            for component in components(of: calendar, ICAL_VFREEBUSY_COMPONENT) {
                do throws(EventReader.Unreadable) {
                    times.add(try reader.busyTimes(component))
                } catch {
                    unreadable += 1
                }
            }
        }
        let merged = BusyTimes.merged(times.times, within: question.time)
        guard merged.count <= CalendarLimits.mostTimes else { throw .tooMany }
        return BusyTimes(times: merged, unreadable: unreadable)
    }

    private static func components(of parent: OpaquePointer, _ kind: icalcomponent_kind) -> [OpaquePointer] {
        var found: [OpaquePointer] = []
        var next = icalcomponent_get_first_component(parent, kind)
        while let component = next {
            found.append(component)
            next = icalcomponent_get_next_component(parent, kind)
        }
        return found
    }
}
