import CorpusTesting

@testable import Pictures

/// What reading the beginning of a file promises, whatever the file is.
enum PictureHeaderPromises {
    static func check(_ input: [UInt8]) throws {
        let header = PictureHeader(input[...])
        // As a part of something else, as bodies with files bring it, it is the same picture.
        try expect(
            PictureHeader(([0xff, 0xd8, 0x47] + input).dropFirst(3)) == header, "another picture inside of a body")
        guard let header else { return }
        try expect(PictureFormat(input[...]) == header.format, "another format")
        try expect(header.width > 0 && header.height > 0, "a picture of \(header.width) × \(header.height)")
        let most = header.format == .png ? 1 << 32 : header.format == .webp ? 1 << 24 : 1 << 16
        try expect(max(header.width, header.height) <= most, "a side of \(header.width) × \(header.height)")
        try expect(
            header.pixels == .max || header.pixels / header.width == header.height, "\(header.pixels) pixels")
        try expect(header.format != .jpeg || !header.mayBeTransparent, "a JPEG lets something through")
        // The size stands before what follows it: more of the file does not change it, and less is another's or none.
        let longer = PictureHeader((input + [0xff, 0x00, 0x7f])[...])
        try expect(
            longer?.width == header.width && longer?.height == header.height, "another size with more of the file")
    }

    static func checkEffort(_ input: [UInt8]) throws {
        try Effort.check(input) { _ = PictureHeader($0[...]) }
    }
}
