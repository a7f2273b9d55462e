package import Foundation

/// The IANA name of a time zone that this system knows, for example `Europe/Berlin`.
package struct TimeZoneName: Hashable, Sendable, CustomStringConvertible {
    package let name: String

    /// nil unless the time zone database lists exactly this name (abbreviations and offsets such as `GMT+2` are
    /// refused: they do not know when clocks change).
    package init?(_ name: String) {
        guard name == "UTC" || Self.known.contains(name) else { return nil }
        self.name = name
    }

    package static let utc = TimeZoneName(known: "UTC")

    private init(known name: String) { self.name = name }

    private static let known = Set(TimeZone.knownTimeZoneIdentifiers)

    package var timeZone: TimeZone { TimeZone(identifier: name) ?? .gmt }
    package var description: String { name }
}
