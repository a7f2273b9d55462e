package import Foundation
package import Wire

/// Where a mentor stands among all by the time at which they are free next.
package struct FreePlace: Hashable, Sendable {
    package let time: Date
    package let mentor: ActorID

    package init(time: Date, mentor: ActorID) {
        self.time = time
        self.mentor = mentor
    }

    /// `1772380800-117`, for whoever pages. Free times are whole seconds.
    package var text: String { "\(Int64(exactly: time.timeIntervalSince1970.rounded()) ?? 0)-\(mentor.rawValue)" }

    package init?(_ text: String) {
        guard let (second, mentor) = PlaceText.read(text, within: 1...253_402_300_799) else { return nil }
        self.init(time: Date(timeIntervalSince1970: Double(second)), mentor: mentor)
    }
}
