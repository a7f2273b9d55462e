import Wire

/// The days of a mentor one by one, each with the hours and the wall clock that hold on it.
struct MentorDays {
    struct Day {
        /// Days since 1970-01-01.
        let number: Int
        let clock: ZoneClock
        /// What the weekly rules say.
        let weekly: [OpenHours]
        /// What holds: the same, unless the day is an exception.
        let hours: [OpenHours]
        let isException: Bool
        let absence: Absence?
    }

    private let numbers: ClosedRange<Int>
    private let clocks: [TimeZoneName: ZoneClock]
    private let home: ZoneClock
    private let weekly: [[OpenHours]]
    private let exceptions: [Int: [OpenHours]]
    private let travels: [Travel]
    private let absences: [Absence]

    /// All days of which some part can lie in a time, whatever the zone.
    init(_ availability: Availability, during time: Range<Int>) {
        let numbers = (time.lowerBound - 86_400).floored(by: 86_400)...(time.upperBound + 86_400).floored(by: 86_400)
        let laidOut = (numbers.lowerBound - 2) * 86_400..<(numbers.upperBound + 3) * 86_400
        self.numbers = numbers
        home = ZoneClock(availability.zone, during: laidOut)
        travels = availability.travels.filter { $0.days.numbers.overlaps(numbers) }
        absences = availability.absences.filter { $0.days.numbers.overlaps(numbers) }
        clocks = Dictionary(travels.map { ($0.zone, ZoneClock($0.zone, during: laidOut)) }) { first, _ in first }
        weekly = Weekday.allCases.map { day in availability.rules.filter { $0.weekday == day }.map(\.hours) }
        exceptions = Dictionary(
            availability.exceptions.lazy.map { ($0.day.number, $0.hours) }.filter { numbers.contains($0.0) }
        ) { first, _ in first }
    }

    func forEach(_ body: (Day) -> Void) {
        var (travel, absence) = (0, 0)
        for number in numbers {
            while travel < travels.count, travels[travel].days.numbers.upperBound < number { travel += 1 }
            while absence < absences.count, absences[absence].days.numbers.upperBound < number { absence += 1 }
            let isAway = absence < absences.count && absences[absence].days.numbers.contains(number)
            let isTravelling = travel < travels.count && travels[travel].days.numbers.contains(number)
            // 1970-01-01 was a Thursday.
            let weekly = weekly[(number + 3).remainder(of: 7)]
            body(
                Day(
                    number: number, clock: isTravelling ? clocks[travels[travel].zone] ?? home : home, weekly: weekly,
                    hours: exceptions[number] ?? weekly, isException: exceptions[number] != nil,
                    absence: isAway ? absences[absence] : nil))
        }
    }
}

extension ClosedRange<CalendarDay> {
    var numbers: ClosedRange<Int> { lowerBound.number...upperBound.number }
}
