import Keys

/// The absolute `http` or `https` URL by which a signature names its key.
///
/// Compared byte for byte, as written: nothing is decoded or normalised. The text holds printable
/// ASCII only, and no percent-encoded control bytes, so that it can go into a request or a log.
package struct KeyID: Hashable, Sendable, CustomStringConvertible {
    /// The longest URL that is looked at, in bytes.
    package static let maximumLength = 2048

    package let text: String

    /// Nil if the text is not such a URL, is too long, or carries user information.
    package init?(_ text: String) {
        self.init(bytes: Array(text.utf8))
    }

    init?(bytes: [UInt8]) {
        guard bytes.count <= Self.maximumLength, bytes.allSatisfy(Self.isURLByte),
            let scheme = ["https://", "http://"].first(where: {
                ASCII.isSame(bytes.prefix($0.utf8.count), lowercase: $0.utf8)
            })
        else { return nil }
        let authority = bytes.dropFirst(scheme.utf8.count).prefix {
            $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#")
        }
        guard Authority(scheme: .https, bytes: authority) != nil,
            Self.percentEncodingIsHarmless(bytes)
        else { return nil }
        text = String(decoding: bytes, as: UTF8.self)
    }

    package var description: String { text }

    /// The printable ASCII bytes that RFC 3986 lets stand in a URI.
    private static func isURLByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\\"),
            UInt8(ascii: "^"), UInt8(ascii: "`"), UInt8(ascii: "{"), UInt8(ascii: "|"),
            UInt8(ascii: "}"):
            false
        default:
            ASCII.isVisible(byte)
        }
    }

    private static func percentEncodingIsHarmless(_ bytes: [UInt8]) -> Bool {
        bytes.indices.allSatisfy { index in
            guard bytes[index] == UInt8(ascii: "%") else { return true }
            let digits = bytes[index...].dropFirst().prefix(2)
            guard let byte = Hexadecimal.decode(digits)?.first else { return false }
            return byte >= 0x20 && byte != 0x7F
        }
    }
}
