package import Foundation
package import Wire

/// When and where a published event takes place.
package struct EventDetails: Hashable, Sendable {
    package var start: Date
    package var end: Date?
    package var zone: TimeZoneName?
    /// Plain text.
    package var place: String?
    package var link: URI?

    package init(start: Date, end: Date?, zone: TimeZoneName?, place: String?, link: URI?) {
        self.start = start
        self.end = end
        self.zone = zone
        self.place = place
        self.link = link
    }
}
