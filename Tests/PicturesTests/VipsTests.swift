import Foundation
import Processes
import Testing

@testable import Pictures

/// What surrounds the programs: other programs stand in for them that do what a captured decoder would do.
struct VipsTests {
    /// Runs `body` with a folder of programs `vips` and `vipsheader` that are this script, and one for pictures.
    ///
    /// A process of its own writes them: while one that is begun here holds a file open for writing, that cannot be run.
    private func withPrograms(
        _ script: String, _ body: (_ programs: String, _ folder: String) async throws -> Void
    ) async throws {
        try await Samples.withFolder { folder in
            for name in ["vips", "vipsheader"] {
                let text = "\(folder)/\(name).text"
                try "#!/bin/sh\n\(script)\n".write(toFile: text, atomically: true, encoding: .utf8)
                let copied = try ChildProcess.run(["install", "-m", "755", text, "\(folder)/\(name)"])
                #expect(copied.status == 0)
            }
            try await body(folder, folder)
        }
    }

    private func refusal(_ script: String, seconds: Int = 5) async throws -> PictureRefusal? {
        var refusal: PictureRefusal?
        try await withPrograms(script) { programs, folder in
            var limits = PictureLimits()
            limits.seconds = seconds
            let maker = try PictureMaker(programs: programs, folder: folder, limits: limits)
            do {
                _ = try await maker.make(try Samples.bytes("opaque.png"), for: .avatar)
            } catch let error as PictureRefusal {
                refusal = error
            }
        }
        return refusal
    }

    @Test("A decoder that hangs, or works without end, is ended", arguments: ["exec sleep 60", "while :; do :; done"])
    func hangs(script: String) async throws {
        let start = ContinuousClock.now
        let refusal = try await refusal(script, seconds: 1)
        #expect(refusal == .tooCostly)
        #expect(ContinuousClock.now - start < .seconds(50))
    }

    @Test("What a decoder leaves in place of a picture is not followed, and not believed", arguments: [
        ("ln -sf /etc/passwd original.jpg", PictureRefusal.unreadable), ("mkfifo original.jpg", .unreadable),
        ("mkdir original.jpg", .unreadable), ("echo '<script>' > original.jpg", .unreadable), (":", .unreadable),
        ("cp \"$PWD/input\" original.jpg", .unreadable), ("kill -SEGV $$", .unreadable), ("exit 1", .unreadable),
        ("head -c 500000000 /dev/zero > original.jpg", .tooCostly),
    ])
    func captured(script: String, expected: PictureRefusal) async throws {
        let refusal = try await refusal(script)
        #expect(refusal == expected)
    }

    @Test("Without its program nothing is refused for good")
    func missing() async throws {
        let maker = try PictureMaker(programs: "/nowhere", folder: FileManager.default.temporaryDirectory.path)
        await #expect(throws: PictureRefusal.unavailable) {
            try await maker.make(try Samples.bytes("opaque.png"), for: .post)
        }
    }

    @Test("A program sees nothing of ours, has no rights of root, and loads only what is held to be safe")
    func bare() async throws {
        setenv("MENTORD_TEST_SECRET", "1", 1)
        try await withPrograms("env; id -u; ulimit -v; ls -l /proc/self/fd | wc -l") { programs, folder in
            let vips = Vips(programs: programs, limits: PictureLimits())
            let output = try PictureFolder(in: folder).with { folder throws(PictureRefusal) in
                try vips.run(["vips"], in: folder, until: vips.deadline())
            }
            #expect(!output.contains("MENTORD_TEST_SECRET"))
            #expect(output.contains("VIPS_BLOCK_UNTRUSTED=1"))
            let lines = output.split(separator: "\n").filter { !$0.contains("=") }
            #expect(lines.first.map(String.init) == String(geteuid() == 0 ? Vips.nobody : geteuid()))
            #expect(lines.dropFirst().first == "1048576")
            // Its three, the one of the folder, and the line with the total.
            #expect((lines.last.flatMap { Int($0) } ?? .max) <= 5)
        }
    }

    @Test("A file of a format that is not taken is not loaded, even where libvips could")
    func barred() async throws {
        try await Samples.withFolder { parent in
            let vips = Vips(programs: "/usr/bin", limits: PictureLimits())
            let folder = try PictureFolder(in: parent)
            let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'><rect width='9' height='9'/></svg>"
            #expect(throws: PictureRefusal.unreadable) {
                try folder.with { folder throws(PictureRefusal) in
                    try PictureFile.write(Array(svg.utf8)[...], to: "\(folder)/input")
                    try vips.run(["vips", "copy", "input", "out.tif"], in: folder, until: vips.deadline())
                }
            }
        }
    }

    @Test("What a killed server left is removed by the next, what a living one has is not, whatever it is called by")
    func leftovers() async throws {
        try await Samples.withFolder { parent in
            let living = try PictureFolder(in: parent)
            for folder in ["\(parent)/mentord-pictures-dead00", "\(parent)/other"] {
                try FileManager.default.createDirectory(atPath: folder + "/x", withIntermediateDirectories: true)
            }
            try FileManager.default.createSymbolicLink(
                atPath: "\(parent)/mentord-pictures-link00", withDestinationPath: "\(parent)/other")
            try await Samples.withFolder { elsewhere in
                let link = "\(elsewhere)/link"
                try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: parent)
                let next = try PictureFolder(in: link)
                let names = Set(try FileManager.default.contentsOfDirectory(atPath: parent))
                #expect(
                    names == [
                        "other", "mentord-pictures-link00", URL(filePath: living.path).lastPathComponent,
                        URL(filePath: next.path).lastPathComponent,
                    ])
                #expect(FileManager.default.fileExists(atPath: "\(parent)/other/x"))
            }
        }
    }

    @Test("Servers that start at the same moment take nothing from each other")
    func startAtOnce() async throws {
        try await Samples.withFolder { parent in
            let folders = try await withThrowingTaskGroup(of: PictureFolder.self) { group in
                for _ in 0..<40 { group.addTask { try PictureFolder(in: parent) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(folders.map(\.path)).count == 40)
            for folder in folders {
                let size = try folder.with { folder throws(PictureRefusal) in
                    try PictureFile.write([1, 2, 3], to: "\(folder)/file")
                    return try PictureFile.read("\(folder)/file", limit: 3).count
                }
                #expect(size == 3)
            }
        }
    }
}
