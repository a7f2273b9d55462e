package import Foundation
import Wire

extension SlotQuestion {
    /// Starts that another community names, by the asker's days. What nobody asked for, or has passed, is left out.
    package func days(of starts: [Date], now: Date) -> [SlotDay] {
        let seconds = time.lowerBound.second(.down)..<max(time.lowerBound, time.upperBound).second(.up)
        let clock = ZoneClock(zone, during: seconds)
        var days: [SlotDay] = []
        for start in Set(starts).sorted() where time.contains(start) && start > now {
            let day = CalendarDay(number: clock.day(of: start.second(.down)))
            // Where clocks go back over midnight, a day comes twice.
            if let position = days.lastIndex(where: { $0.day == day }) {
                days[position].add(start, nil)
            } else {
                days.append(SlotDay(day: day))
                days[days.count - 1].add(start, nil)
            }
        }
        return days
    }
}
