package import Foundation

/// The IANA name of a time zone that this system knows, for example `Europe/Berlin`.
package struct TimeZoneName: Hashable, Sendable, CustomStringConvertible {
    package let name: String

    /// nil unless the time zone database has exactly this name, be it today's or an older one. Abbreviations and
    /// offsets such as `EST` and `GMT+2` are refused: they do not know when clocks change.
    package init?(_ name: String) {
        let bytes = name.utf8
        guard bytes.count <= 64, bytes.allSatisfy(Self.isNameByte),
            bytes.contains(UInt8(ascii: "/")) || name == "UTC" || name == "GMT", TimeZone(identifier: name) != nil
        else { return nil }
        self.name = name
    }

    /// The look-up itself stops at a NUL and compares as Swift does, for which U+212A is K.
    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "/_+-".utf8.contains(byte)
        }
    }

    package static let utc = TimeZoneName(known: "UTC")

    private init(known name: String) { self.name = name }

    package var timeZone: TimeZone { TimeZone(identifier: name) ?? .gmt }
    package var description: String { name }
}
