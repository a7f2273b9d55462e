/// What a file says of its picture before anything of it is decoded: a small file can hold a picture that fills all
/// memory.
package struct PictureHeader: Equatable, Sendable {
    package let format: PictureFormat
    /// Pixels as they lie in the file, which may have to be turned.
    package let width: Int
    package let height: Int
    /// Whether parts of it may let through what is behind them.
    package let mayBeTransparent: Bool

    /// Nil for everything that does not begin as a picture of one of the formats does.
    package init?(_ bytes: ArraySlice<UInt8>) {
        guard let format = PictureFormat(bytes) else { return nil }
        let reader = HeaderReader(bytes: bytes)
        let found: (width: Int, height: Int, mayBeTransparent: Bool)? =
            switch format {
            case .jpeg: reader.jpeg
            case .png: reader.png
            case .webp: reader.webp
            case .gif: reader.gif
            }
        guard let found, found.width > 0, found.height > 0 else { return nil }
        self.format = format
        (width, height, mayBeTransparent) = found
    }

    /// The largest number where they are more.
    package var pixels: Int {
        let (pixels, isTooLarge) = width.multipliedReportingOverflow(by: height)
        return isTooLarge ? .max : pixels
    }
}

/// Reads numbers at places; behind the end there is nothing.
private struct HeaderReader {
    typealias Found = (width: Int, height: Int, mayBeTransparent: Bool)

    let bytes: ArraySlice<UInt8>

    private func byte(_ offset: Int) -> Int? {
        guard offset >= 0, offset < bytes.count else { return nil }
        return Int(bytes[bytes.startIndex + offset])
    }

    private func number(_ offset: Int, bytes count: Int, littleEndian: Bool = false) -> Int? {
        var value = 0
        for index in 0..<count {
            guard let byte = byte(offset + (littleEndian ? count - 1 - index : index)) else { return nil }
            value = value << 8 | byte
        }
        return value
    }

    private func has(_ text: StaticString, at offset: Int) -> Bool {
        bytes.dropFirst(offset).starts(with: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// The first frame header among the segments (ITU T.81 annex B).
    var jpeg: Found? {
        var offset = 2
        while byte(offset) == 0xff, let marker = byte(offset + 1) {
            switch marker {
            case 0xff: offset += 1
            case 0x01, 0xd0...0xd8: offset += 2
            case 0xc0...0xcf where ![0xc4, 0xc8, 0xcc].contains(marker):
                guard let height = number(offset + 5, bytes: 2), let width = number(offset + 7, bytes: 2) else {
                    return nil
                }
                return (width, height, false)
            case 0xd9, 0xda: return nil
            default:
                guard let length = number(offset + 2, bytes: 2), length >= 2 else { return nil }
                offset += 2 + length
            }
        }
        return nil
    }

    /// IHDR, and whether a tRNS stands before the data (PNG sections 11.2.1 and 11.3.1.1).
    var png: Found? {
        guard number(8, bytes: 4) == 13, has("IHDR", at: 12), let width = number(16, bytes: 4),
            let height = number(20, bytes: 4), let colours = byte(25)
        else { return nil }
        var mayBeTransparent = colours == 4 || colours == 6
        var offset = 33
        while !mayBeTransparent, let length = number(offset, bytes: 4), !has("IDAT", at: offset + 4) {
            mayBeTransparent = has("tRNS", at: offset + 4)
            offset += 12 + length
        }
        return (width, height, mayBeTransparent)
    }

    /// The logical screen (GIF89a section 18).
    var gif: Found? {
        guard let width = number(6, bytes: 2, littleEndian: true), let height = number(8, bytes: 2, littleEndian: true)
        else { return nil }
        return (width, height, true)
    }

    /// The frame header of the first chunk (RFC 9649 sections 2.5 to 2.7).
    var webp: Found? {
        if has("VP8X", at: 12) {
            guard let flags = byte(20), let width = number(24, bytes: 3, littleEndian: true),
                let height = number(27, bytes: 3, littleEndian: true)
            else { return nil }
            return (width + 1, height + 1, flags & 0x10 != 0)
        }
        if has("VP8L", at: 12) {
            guard byte(20) == 0x2f, let bits = number(21, bytes: 4, littleEndian: true) else { return nil }
            return (bits & 0x3fff + 1, bits >> 14 & 0x3fff + 1, bits >> 28 & 1 == 1)
        }
        guard has("VP8 ", at: 12), number(23, bytes: 3) == 0x9d012a,
            let width = number(26, bytes: 2, littleEndian: true), let height = number(28, bytes: 2, littleEndian: true)
        else { return nil }
        return (width & 0x3fff, height & 0x3fff, false)
    }
}
