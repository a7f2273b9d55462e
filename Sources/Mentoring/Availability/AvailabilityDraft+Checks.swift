package import Wire

extension AvailabilityDraft {
    /// The availability, in which nothing overlaps that must not.
    ///
    /// - Throws: what is wrong in `zone`, `rules`, `rules[i]` (and its `.weekday`, `.from`, `.to`), `exceptions`,
    ///   `exceptions[i].date`, `exceptions[i].hours` (and `[j]`), `travels`, `travels[i]` (and its `.from`, `.to`,
    ///   `.zone`), `absences`, `absences[i]` (and its `.from`, `.to`, `.returns`, `.stand_in`, `.note`), `blocked`,
    ///   `blocked[i]` (and its `.end`, `.reason`), `limits`, `limits[i]` (and its members), `caps` (and its members),
    ///   `holding` (and its members).
    package func checked(catalogue: Catalogue) throws(InvalidFields) -> Availability {
        var checks = FieldChecks()
        let zone = checks.zone(zone, "zone")
        let availability = Availability(
            zone: zone, rules: checkedRules(&checks), exceptions: checkedExceptions(&checks),
            travels: checkedTravels(&checks), absences: checkedAbsences(&checks), blocked: checkedBlocked(&checks),
            limits: checkedLimits(catalogue, &checks), caps: checkedCaps(&checks),
            holding: holding.checked("holding", &checks))
        try checks.finish()
        return availability
    }

    private func checkedRules(_ checks: inout FieldChecks) -> [WeeklyRule] {
        guard checks.count(rules, "rules", most: Self.mostRules) else { return [] }
        var checked: [(index: Int, rule: WeeklyRule)] = []
        for (index, rule) in rules.enumerated() {
            let weekday = Weekday(rawValue: rule.weekday)
            if weekday == nil {
                checks.fail(
                    "rules[\(index)].weekday",
                    "Use one of \(Weekday.allCases.map(\.rawValue).joined(separator: ", ")).")
            }
            let hours = checks.hours(rule.hours, "rules[\(index)]")
            if let weekday, let hours { checked.append((index, WeeklyRule(weekday: weekday, hours: hours))) }
        }
        for weekday in Weekday.allCases {
            let ofDay = checked.filter { $0.rule.weekday == weekday }
            checks.refuseOverlaps(
                ofDay.map { ("rules[\($0.index)]", "\(weekday.rawValue) \($0.rule.hours)", $0.rule.hours.minutes) })
        }
        return checked.map(\.rule)
    }

    private func checkedExceptions(_ checks: inout FieldChecks) -> [DayException] {
        guard checks.count(exceptions, "exceptions", most: Self.mostExceptions) else { return [] }
        var places: [CalendarDay: Int] = [:]
        return exceptions.enumerated().compactMap { index, exception in
            let field = "exceptions[\(index)]"
            guard let day = checks.day(exception.date, "\(field).date"),
                checks.count(exception.hours, "\(field).hours", most: Self.mostHoursADay)
            else { return nil }
            if let other = places.updateValue(index, forKey: day) {
                checks.fail("\(field).date", "\(day) is in the list already: exceptions[\(other)].")
            }
            let hours = exception.hours.enumerated().compactMap { position, hours in
                checks.hours(hours, "\(field).hours[\(position)]").map { (position, $0) }
            }
            checks.refuseOverlaps(hours.map { ("\(field).hours[\($0.0)]", "\($0.1)", $0.1.minutes) })
            return DayException(day: day, hours: hours.map(\.1))
        }
    }

    private func checkedTravels(_ checks: inout FieldChecks) -> [Travel] {
        guard checks.count(travels, "travels", most: Self.mostTravels) else { return [] }
        let checked = travels.enumerated().compactMap { index, travel in
            let zone = checks.zone(travel.zone, "travels[\(index)].zone")
            return checks.days(travel.days, "travels[\(index)]").map { (index, Travel(days: $0, zone: zone)) }
        }
        checks.refuseOverlaps(checked.map { ("travels[\($0.0)]", $0.1.days.text, Range($0.1.days.numbers)) })
        return checked.map(\.1)
    }

    private func checkedAbsences(_ checks: inout FieldChecks) -> [Absence] {
        guard checks.count(absences, "absences", most: Self.mostAbsences) else { return [] }
        var checked: [(index: Int, absence: Absence)] = []
        for (index, absence) in absences.enumerated() {
            let field = "absences[\(index)]"
            let note = checks.text(absence.note, "\(field).note", length: Self.noteLength, lines: .several)
            let standIn = absence.standIn.flatMap { Handle($0) }
            if absence.standIn != nil, standIn == nil {
                checks.fail("\(field).stand_in", "Give a handle such as noor@barrio.example.")
            }
            let returns = absence.returns.flatMap { checks.day($0, "\(field).returns") }
            guard let days = checks.days(absence.days, field) else { continue }
            let next = CalendarDay(number: days.upperBound.number + 1)
            if let returns, returns < next { checks.fail("\(field).returns", "Give a day after 'to'.") }
            checked.append((index, Absence(days: days, returns: returns ?? next, standIn: standIn, note: note)))
        }
        checks.refuseOverlaps(
            checked.map { ("absences[\($0.index)]", $0.absence.days.text, Range($0.absence.days.numbers)) })
        return checked.map(\.absence)
    }

    private func checkedBlocked(_ checks: inout FieldChecks) -> [BlockedTime] {
        guard checks.count(blocked, "blocked", most: Self.mostBlocked) else { return [] }
        return blocked.enumerated().map { index, time in
            if time.end <= time.start { checks.fail("blocked[\(index)].end", "Give a time after 'start'.") }
            let reason = checks.text(time.reason, "blocked[\(index)].reason", length: Self.noteLength, lines: .several)
            return BlockedTime(start: time.start, end: time.end, reason: reason)
        }
    }

    private func checkedLimits(_ catalogue: Catalogue, _ checks: inout FieldChecks) -> [String: BookingLimits] {
        guard checks.count(limits, "limits", most: Self.mostLimits) else { return [:] }
        var checked: [String: BookingLimits] = [:]
        for (index, draft) in limits.enumerated() {
            let field = "limits[\(index)]"
            if catalogue[draft.type] == nil {
                let names = catalogue.types.map(\.name).joined(separator: ", ")
                checks.fail("\(field).type", "There is no such session type. Choose one of \(names).")
            } else if checked[draft.type] != nil {
                checks.fail("\(field).type", "\(draft.type) is in the list already.")
            }
            checks.number(draft.notice, "\(field).notice", in: 0...BookingLimits.mostNotice)
            checks.number(draft.furthestDays, "\(field).furthest_days", in: BookingLimits.days)
            checks.number(draft.bufferBefore, "\(field).buffer_before", in: 0...BookingLimits.mostBuffer)
            checks.number(draft.bufferAfter, "\(field).buffer_after", in: 0...BookingLimits.mostBuffer)
            checks.number(draft.grid, "\(field).grid", in: BookingLimits.gridMinutes)
            checks.number(draft.mostADay, "\(field).most_a_day", in: BookingLimits.sessions)
            checked[draft.type] = BookingLimits(
                notice: draft.notice, furthestDays: draft.furthestDays, bufferBefore: draft.bufferBefore,
                bufferAfter: draft.bufferAfter, grid: draft.grid, mostADay: draft.mostADay)
        }
        return checked
    }

    private func checkedCaps(_ checks: inout FieldChecks) -> BookingCaps {
        checks.number(caps.aDay, "caps.a_day", in: BookingCaps.sessionsADay)
        checks.number(caps.aWeek, "caps.a_week", in: BookingCaps.sessionsAWeek)
        checks.number(caps.hoursAMonth, "caps.hours_a_month", in: BookingCaps.hoursAMonth)
        return caps
    }
}

extension FieldChecks {
    fileprivate mutating func count(_ list: [some Any], _ field: String, most: Int) -> Bool {
        if list.count > most { fail(field, "Give at most \(most).") }
        return list.count <= most
    }

    fileprivate mutating func number(_ number: Int?, _ field: String, in range: ClosedRange<Int>) {
        guard let number, !range.contains(number) else { return }
        fail(field, "Use \(range.lowerBound) to \(range.upperBound).")
    }

    mutating func zone(_ name: String, _ field: String) -> TimeZoneName {
        if let zone = TimeZoneName(name) { return zone }
        fail(field, Slot.zoneAdvice)
        return .utc
    }

    mutating func day(_ text: String, _ field: String) -> CalendarDay? {
        if let day = CalendarDay(text), day.year < 2200 { return day }
        fail(field, "Use a date such as 2026-09-08.")
        return nil
    }

    fileprivate mutating func days(_ days: AvailabilityDraft.Days, _ field: String) -> ClosedRange<CalendarDay>? {
        let (first, last) = (day(days.from, "\(field).from"), day(days.to, "\(field).to"))
        guard let first, let last else { return nil }
        guard first <= last else {
            fail("\(field).to", "Give a day that is not before 'from'.")
            return nil
        }
        return first...last
    }

    fileprivate mutating func hours(_ hours: AvailabilityDraft.Hours, _ field: String) -> OpenHours? {
        let (from, to) = (WallTime(hours.from), WallTime(hours.to))
        if from == nil { fail("\(field).from", WallTime.advice) }
        if to == nil { fail("\(field).to", WallTime.advice) }
        guard let from, let to else { return nil }
        let checked = OpenHours(from: from, to: to)
        if checked == nil { fail("\(field).to", "Give a time after 'from'; the end of the day is 24:00.") }
        return checked
    }

    /// Names, of each two that overlap, the later one in the list as wrong and the other in words.
    fileprivate mutating func refuseOverlaps(_ spans: [(field: String, text: String, span: Range<Int>)]) {
        var order = Array(spans.indices)
        order.sort { (spans[$0].span.lowerBound, $0) < (spans[$1].span.lowerBound, $1) }
        var longest: Int?
        for index in order {
            if let other = longest, spans[other].span.upperBound > spans[index].span.lowerBound {
                let (first, second) = (spans[min(index, other)], spans[max(index, other)])
                fail(second.field, "\(second.text) overlaps \(first.text), which is \(first.field).")
            }
            if longest.map({ spans[$0].span.upperBound < spans[index].span.upperBound }) ?? true { longest = index }
        }
    }
}

extension OpenHours {
    fileprivate var minutes: Range<Int> { from.minutes..<to.minutes }
}

extension ClosedRange<CalendarDay> {
    fileprivate var text: String { "\(lowerBound) to \(upperBound)" }
}
