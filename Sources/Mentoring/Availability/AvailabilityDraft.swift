/// What a mentor enters about when to take sessions, as it arrives.
package struct AvailabilityDraft: Sendable {
    package static let mostRules = 100
    package static let mostExceptions = 400
    package static let mostHoursADay = 12
    package static let mostTravels = 50
    package static let mostAbsences = 50
    package static let mostBlocked = 500
    package static let mostLimits = 50
    package static let noteLength = 0...500

    /// Two times of the wall clock such as `09:00` and `24:00`.
    package struct Hours: Sendable {
        package var from: String
        package var to: String

        package init(from: String, to: String) {
            self.from = from
            self.to = to
        }
    }

    package struct Rule: Sendable {
        /// Raw value of a `Weekday`.
        package var weekday: String
        package var hours: Hours

        package init(weekday: String, hours: Hours) {
            self.weekday = weekday
            self.hours = hours
        }
    }

    package struct Exception: Sendable {
        package var date: String
        package var hours: [Hours]

        package init(date: String, hours: [Hours] = []) {
            self.date = date
            self.hours = hours
        }
    }

    /// The first and the last day.
    package struct Days: Sendable {
        package var from: String
        package var to: String

        package init(from: String, to: String) {
            self.from = from
            self.to = to
        }
    }

    package struct Journey: Sendable {
        package var days: Days
        package var zone: String

        package init(days: Days, zone: String) {
            self.days = days
            self.zone = zone
        }
    }

    package struct Leave: Sendable {
        package var days: Days
        /// nil is the day after the last.
        package var returns: String?
        package var standIn: String?
        package var note: String

        package init(days: Days, returns: String? = nil, standIn: String? = nil, note: String = "") {
            self.days = days
            self.returns = returns
            self.standIn = standIn
            self.note = note
        }
    }

    package struct Limits: Sendable {
        /// Name of a session type.
        package var type: String
        package var notice = BookingLimits.standard.notice
        package var furthestDays = BookingLimits.standard.furthestDays
        package var bufferBefore = BookingLimits.standard.bufferBefore
        package var bufferAfter = BookingLimits.standard.bufferAfter
        package var grid = BookingLimits.standard.grid
        package var mostADay: Int?

        package init(type: String) { self.type = type }
    }

    package var zone: String
    package var rules: [Rule] = []
    package var exceptions: [Exception] = []
    package var travels: [Journey] = []
    package var absences: [Leave] = []
    package var blocked: [BlockedTime] = []
    package var limits: [Limits] = []
    package var caps = BookingCaps()
    package var holding = HoldingDraft()

    package init(zone: String) { self.zone = zone }
}
