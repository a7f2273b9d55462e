internal import Foundation

/// Makes pictures of files that people send, with libvips's programs, outside of this process.
package final class PictureMaker: Sendable {
    package let limits: PictureLimits
    private let vips: Vips
    private let folder: PictureFolder

    /// - Parameters:
    ///   - programs: the folder of `vips` and `vipsheader`.
    ///   - folder: where temporary folders are made.
    package init(programs: String, folder: String, limits: PictureLimits = PictureLimits()) throws(PictureRefusal) {
        self.limits = limits
        vips = Vips(programs: programs, limits: limits)
        self.folder = try PictureFolder(in: folder)
    }

    /// With the programs that are installed; nil when they are missing, or do not run in their bounds.
    package static func installed() -> PictureMaker? {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
        let programs = folders.first { folder in
            ["vips", "vipsheader"].allSatisfy { FileManager.default.isExecutableFile(atPath: "\(folder)/\($0)") }
        }
        guard let programs,
            let maker = try? PictureMaker(programs: programs, folder: FileManager.default.temporaryDirectory.path),
            maker.works
        else { return nil }
        return maker
    }

    private var works: Bool {
        let version = try? folder.with { folder throws(PictureRefusal) in
            try vips.run(["vips", "--version"], in: folder, until: vips.deadline())
        }
        return version?.hasPrefix("vips") == true
    }

    /// Makes one picture. How many are made at once, callers decide.
    ///
    /// - Throws: ``PictureRefusal``.
    package func make(_ bytes: ArraySlice<UInt8>, for use: PictureUse) async throws(PictureRefusal) -> Picture {
        guard let header = PictureHeader(bytes) else { throw .unknownFormat }
        guard header.pixels <= limits.pixels else { throw .tooManyPixels }
        let result: Result<Picture, PictureRefusal> = await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(
                    returning: Result { () throws(PictureRefusal) in
                        try self.folder.with { folder throws(PictureRefusal) in
                            try self.make(bytes, header, for: use, in: folder)
                        }
                    })
            }
        }
        return try result.get()
    }

    private func make(
        _ bytes: ArraySlice<UInt8>, _ header: PictureHeader, for use: PictureUse, in folder: String
    ) throws(PictureRefusal) -> Picture {
        let deadline = vips.deadline()
        func run(_ call: [String]) throws(PictureRefusal) -> String { try vips.run(call, in: folder, until: deadline) }
        try PictureFile.write(bytes, to: "\(folder)/\(VipsCalls.input)")
        _ = try run(VipsCalls.decode(header, for: use))
        _ = try run(VipsCalls.fit(use))
        var form = header.format == .jpeg || header.format == .webp ? VipsCalls.Form.photograph : .graphic
        if header.mayBeTransparent, Self.number(try run(VipsCalls.countBands)) == 4 {
            _ = try run(VipsCalls.takeTransparency)
            guard let least = Self.number(try run(VipsCalls.leastTransparency)) else { throw .unreadable }
            if least < 255 { form = .transparent }
        }
        _ = try run(VipsCalls.save(form))
        if let box = use.previewBox { _ = try run(VipsCalls.savePreview(form, within: box)) }
        return Picture(
            format: form.format, original: try file(VipsCalls.original(form), form.format, within: use.box, in: folder),
            preview: try use.previewBox.map { box throws(PictureRefusal) in
                try file(VipsCalls.preview(form), form.format, within: box, in: folder)
            })
    }

    private static func number(_ output: String) -> Double? {
        Double(output.trimmingCharacters(in: .whitespacesAndNewlines))
    }

    /// Takes nothing on trust that a program left which has read what people sent.
    private func file(
        _ name: String, _ format: PictureFormat, within box: (width: Int, height: Int), in folder: String
    ) throws(PictureRefusal) -> Picture.File {
        let bytes = try PictureFile.read("\(folder)/\(name)", limit: limits.result)
        guard let header = PictureHeader(bytes[...]), header.format == format, header.width <= box.width,
            header.height <= box.height
        else { throw .unreadable }
        return Picture.File(bytes: bytes, width: header.width, height: header.height)
    }
}
