import Foundation
import Testing

@testable import Pictures

/// Pictures of real files, made by the programs that are installed.
struct PictureMakerTests {
    private func make(_ bytes: ArraySlice<UInt8>, for use: PictureUse = .post) async throws -> Picture {
        try await Samples.withFolder { folder in
            let maker = try PictureMaker(programs: "/usr/bin", folder: folder)
            let picture: Result<Picture, any Error>
            do { picture = .success(try await maker.make(bytes, for: use)) } catch { picture = .failure(error) }
            let left = try FileManager.default.contentsOfDirectory(atPath: folder).flatMap {
                try FileManager.default.contentsOfDirectory(atPath: "\(folder)/\($0)")
            }
            #expect(left.isEmpty, "something is left")
            return try picture.get()
        }
    }

    /// A plain picture of some size as a PNG.
    private func plain(_ width: Int, _ height: Int) async throws -> ArraySlice<UInt8> {
        try await Samples.withFolder { folder in
            _ = try Samples.vips("black", "\(folder)/plain.png", String(width), String(height), "--bands", "3")
            return Array(try Data(contentsOf: URL(filePath: "\(folder)/plain.png")))[...]
        }
    }

    @Test(
        "Each format becomes JPEG, or WebP where something shines through",
        arguments: [
            ("turned.jpg", PictureFormat.jpeg), ("opaque.png", .jpeg), ("alpha-opaque.png", .jpeg),
            ("transparent.png", .webp), ("photo.webp", .jpeg), ("transparent.webp", .webp), ("moving.gif", .jpeg),
        ])
    func formats(name: String, format: PictureFormat) async throws {
        let picture = try await make(try Samples.bytes(name))
        #expect(picture.format == format)
        let size = name == "turned.jpg" ? (40, 60) : (60, 40)
        #expect((picture.original.width, picture.original.height) == size)
        for file in [picture.original, try #require(picture.preview)] {
            let header = try #require(PictureHeader(file.bytes[...]))
            #expect(header.format == format)
            #expect((header.width, header.height) == (file.width, file.height))
        }
    }

    @Test("A picture stands upright and says nothing of who made it, where and with what")
    func metadata() async throws {
        let sample = try Samples.bytes("turned.jpg")
        for trace in ["Exif", "Secret Name", "http://ns.adobe.com"] {
            #expect(sample.firstRange(of: trace.utf8) != nil, "the sample has it: \(trace)")
        }
        let picture = try await make(sample)
        for file in [picture.original, try #require(picture.preview)] {
            for trace in ["Exif", "Secret", "http://ns.adobe.com", "ICC_PROFILE"] {
                #expect(file.bytes.firstRange(of: trace.utf8) == nil, "\(trace)")
            }
        }
        try await Samples.withFolder { folder in
            let path = "\(folder)/picture.jpg"
            try Data(picture.original.bytes).write(to: URL(filePath: path))
            let above = try Samples.vips("getpoint", path, "20", "5").split(separator: " ").compactMap { Double($0) }
            let below = try Samples.vips("getpoint", path, "20", "55").split(separator: " ").compactMap { Double($0) }
            // Red and blue, which lay left and right.
            #expect(above[0] > 150 && above[2] < 100)
            #expect(below[2] > 150 && below[0] < 100)
        }
    }

    @Test(
        "Sizes are bounded; pictures of profiles are cut to theirs",
        arguments: [
            (3000, 2000, PictureUse.post, 2048, 1365), (1000, 5000, .post, 410, 2048), (30, 20, .post, 30, 20),
            (300, 200, .avatar, 400, 400), (3000, 100, .avatar, 400, 400), (3000, 2000, .header, 1500, 500),
            (40, 40, .header, 1500, 500), (20_000, 1, .post, 2048, 1),
        ])
    func sizes(width: Int, height: Int, use: PictureUse, expectedWidth: Int, expectedHeight: Int) async throws {
        let picture = try await make(try await plain(width, height), for: use)
        #expect((picture.original.width, picture.original.height) == (expectedWidth, expectedHeight))
        if use == .post {
            let preview = try #require(picture.preview)
            #expect(max(preview.width, preview.height) == min(640, max(width, height)))
        } else {
            #expect(picture.preview == nil)
        }
    }

    static let hostile: [(String, ArraySlice<UInt8>, PictureRefusal)] = [
        ("a bomb", Samples.png(30_000, 30_000), .tooManyPixels),
        ("the largest bomb", Samples.png(.max, .max), .tooManyPixels),
        ("a thin bomb", Samples.png(1, .max), .tooManyPixels),
        ("no pixels", Samples.png(100, 100), .unreadable),
        ("a page behind the beginning of a GIF", Array("GIF89a\u{10}\u{0}\u{10}\u{0}<script>alert(1)</script>".utf8)[...], .unreadable),
        ("SVG", Array("<svg xmlns='http://www.w3.org/2000/svg'/>".utf8)[...], .unknownFormat),
        ("SVG behind the beginning of a PNG", Samples.png(10, 10) + "<svg xmlns='http://www.w3.org/2000/svg'/>".utf8, .unreadable),
        ("PDF", Array("%PDF-1.7".utf8)[...], .unknownFormat), ("nothing", [], .unknownFormat), ("one byte", [0xff], .unknownFormat),
        ("a JPEG without a picture", [0xff, 0xd8, 0xff, 0xd9], .unknownFormat),
        (
            "a JPEG whose header is all",
            [0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, 0, 100, 0, 100, 1, 1, 0x11, 0, 0xff, 0xd9], .unreadable
        ),
    ]

    @Test("What is no picture, or too much of one, is refused", arguments: hostile)
    func refuses(name: String, bytes: ArraySlice<UInt8>, refusal: PictureRefusal) async throws {
        await #expect(throws: refusal, "\(name)") { try await make(bytes) }
    }

    @Test("Half a file is none", arguments: ["turned.jpg", "opaque.png", "photo.webp", "moving.gif"])
    func truncated(name: String) async throws {
        let bytes = try Samples.bytes(name)
        // Of the JPEG most is metadata, of the GIF the first frame alone counts.
        let cut =
            switch name {
            case "turned.jpg": bytes.count - 100
            case "moving.gif": bytes.count / 4
            default: bytes.count * 2 / 3
            }
        await #expect(throws: PictureRefusal.unreadable) { try await make(bytes.prefix(cut)) }
    }

    @Test("A decoder that needs more memory than it may have ends alone")
    func memory() async throws {
        let large = try await plain(6000, 4000)
        try await Samples.withFolder { folder in
            var limits = PictureLimits()
            limits.fileSize = 1 << 20
            let maker = try PictureMaker(programs: "/usr/bin", folder: folder, limits: limits)
            await #expect(throws: PictureRefusal.self) { try await maker.make(large, for: .post) }
            let small = try await maker.make(try Samples.bytes("opaque.png"), for: .post)
            #expect(small.original.width == 60)
        }
    }
}
