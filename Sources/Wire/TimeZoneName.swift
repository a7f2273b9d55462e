package import Foundation

/// The IANA name of a time zone that this system knows, for example `Europe/Berlin`.
package struct TimeZoneName: Hashable, Sendable, CustomStringConvertible {
    package let name: String

    /// nil unless the time zone database has exactly this name, be it today's or an older one. Abbreviations and
    /// offsets such as `EST` and `GMT+2` are refused: they do not know when clocks change.
    package init?(_ name: String) {
        let bytes = name.utf8
        // The comparison of texts takes U+212A for K; the name goes to other servers, so it must be ASCII.
        guard bytes.count <= 64, bytes.allSatisfy({ $0 < 0x80 }),
            bytes.contains(UInt8(ascii: "/")) || name == "UTC" || name == "GMT", TimeZone(identifier: name) != nil
        else { return nil }
        self.name = name
    }

    package static let utc = TimeZoneName(known: "UTC")

    private init(known name: String) { self.name = name }

    package var timeZone: TimeZone { TimeZone(identifier: name) ?? .gmt }
    package var description: String { name }
}
