import Testing

@testable import Pictures

/// What is read of a file before anything of it is decoded.
struct PictureHeaderTests {
    @Test(
        "The size stands in the file, and whether it may be transparent",
        arguments: [
            ("turned.jpg", PictureFormat.jpeg, false), ("opaque.png", .png, false), ("transparent.png", .png, true),
            ("alpha-opaque.png", .png, true), ("photo.webp", .webp, false), ("transparent.webp", .webp, true),
            ("moving.gif", .gif, true),
        ])
    func reads(name: String, format: PictureFormat, mayBeTransparent: Bool) throws {
        let header = try #require(PictureHeader(try Samples.bytes(name)))
        #expect(header.format == format)
        #expect((header.width, header.height) == (60, 40))
        #expect(header.mayBeTransparent == mayBeTransparent)
    }

    @Test("A slice is read by what is in it")
    func slices() throws {
        let bytes = try Samples.bytes("photo.webp")
        #expect(PictureHeader(([1, 2, 3] + bytes).dropFirst(3)) == PictureHeader(bytes))
    }

    @Test("The largest numbers are only large")
    func large() {
        #expect(PictureHeader(Samples.png(.max, .max))?.pixels == .max)
        #expect(PictureHeader(Samples.png(.max, 2))?.pixels == 8_589_934_590)
        #expect(PictureHeader(Samples.png(0, 10)) == nil)
    }

    @Test(
        "What does not begin as one of the formats does is none",
        arguments: [
            "", "\u{1}", "<svg xmlns='http://www.w3.org/2000/svg'/>", "%PDF-1.7", "II*\u{0}", "MM\u{0}*", "BM", "RIFF1234WAVEfmt ",
            "RIFF", "GIF88a    ", "\u{0}\u{0}\u{0} ftypheic",
        ])
    func others(text: String) {
        #expect(PictureHeader(Array(text.utf8)[...]) == nil)
    }

    @Test("Every beginning and every wrong byte is read to an end")
    func broken() throws {
        for name in ["turned.jpg", "opaque.png", "transparent.webp", "moving.gif"] {
            let bytes = Array(try Samples.bytes(name))
            for length in 0..<min(bytes.count, 600) { _ = PictureHeader(bytes[..<length]) }
            for place in 0..<min(bytes.count, 600) {
                for value: UInt8 in [0x00, 0x7f, 0x80, 0xff] {
                    var spoiled = bytes
                    spoiled[place] = value
                    _ = PictureHeader(spoiled[...])
                }
            }
        }
    }

    @Test("Segments without end are passed in a moment")
    func manySegments() {
        let segments = Array(repeating: [0xff, 0xe0, 0x00, 0x02] as [UInt8], count: 1_000_000).flatMap(\.self)
        #expect(PictureHeader(([0xff, 0xd8] + segments)[...]) == nil)
        let fill = [UInt8](repeating: 0xff, count: 4_000_000)
        #expect(PictureHeader(([0xff, 0xd8] + fill)[...]) == nil)
    }
}
