import Foundation
import Pictures
import Processes

/// Small pictures of the right kind in `Tests/Shared/pictures`: red on the left and blue on the right, 60 × 40.
enum Samples {
    static func bytes(_ name: String) throws -> ArraySlice<UInt8> { Array(try Data(contentsOf: folder.appending(path: name)))[...] }

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Shared/pictures")

    /// A PNG that says to have a size, with so many rows of it, all black.
    static func png(_ width: UInt32, _ height: UInt32, colours: UInt8 = 0) -> ArraySlice<UInt8> {
        var bytes: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]
        bytes += "IHDR".utf8
        for number in [width, height] { bytes += withUnsafeBytes(of: number.bigEndian) { Array($0) } }
        return (bytes + [8, colours, 0, 0, 0, 0, 0, 0, 0])[...]
    }

    /// What libvips's own program says, called without any bounds.
    static func vips(_ arguments: String...) throws -> String {
        let result = try ChildProcess.run(["vips"] + arguments)
        guard result.status == 0 else { throw PictureRefusal.unreadable }
        return result.output
    }

    /// A folder that is removed afterwards; other users can pass it, as programs have to that root starts.
    static func withFolder<Value>(_ body: (String) async throws -> Value) async throws -> Value {
        let folder = FileManager.default.temporaryDirectory.appending(path: "pictures-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(folder.path)
    }
}
