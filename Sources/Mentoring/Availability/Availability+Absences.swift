package import Foundation
import Wire

extension Availability {
    /// From the beginning of the first day of each absence to the end of its last, where the mentor is on these days.
    package var absenceTimes: [Range<Date>] {
        absences.map { absence in
            let (first, next) = (absence.days.lowerBound.number, absence.days.upperBound.number + 1)
            let (start, end) = (start(ofDay: first, asOn: first), start(ofDay: next, asOn: next - 1))
            return Date(second: start)..<Date(second: max(start, end))
        }
    }

    /// Those that a time touches.
    package func absences(in time: Range<Date>) -> [Absence] {
        zip(absences, absenceTimes).filter { $0.1.overlaps(time) }.map(\.0)
    }

    /// - Parameter asOn: the day whose zone counts.
    private func start(ofDay number: Int, asOn day: Int) -> Int {
        let zone = travels.first { $0.days.numbers.contains(day) }?.zone ?? zone
        return ZoneClock.start(ofDay: number, in: zone)
    }
}
