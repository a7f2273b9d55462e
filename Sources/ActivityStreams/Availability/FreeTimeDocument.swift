package import Foundation
package import JSONTree
import Wire

/// A time at which a session can be: an `Event` without an id, because it is nothing yet, and with nothing else in it.
package struct FreeTimeDocument: Hashable, Sendable {
    package let start: Date
    package let end: Date

    package init(start: Date, end: Date) {
        self.start = start
        self.end = end
    }

    /// Reads an Event of any server; nil when it lacks one of its two times.
    package init?(_ event: JSON) {
        guard event.type == "Event", let start = event.date("startTime"), let end = event.date("endTime") else {
            return nil
        }
        self.init(start: start, end: end)
    }

    package var json: JSON {
        [
            "type": "Event", "startTime": .string(DateTime.format(start)), "endTime": .string(DateTime.format(end)),
        ]
    }
}
