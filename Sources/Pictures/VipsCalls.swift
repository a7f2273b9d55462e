/// The calls of libvips's programs that make one picture, as pure values; files are named as they lie in the folder of
/// the picture.
///
/// Between the steps the picture lies in TIFF without compression: libvips's own format is among those that
/// `VIPS_BLOCK_UNTRUSTED` bars.
enum VipsCalls {
    enum Form {
        case photograph
        /// Drawings and pictures of screens, whose edges JPEG would blur.
        case graphic
        case transparent

        var format: PictureFormat { self == .transparent ? .webp : .jpeg }
        fileprivate var ending: String { self == .transparent ? "webp" : "jpg" }
    }

    static let input = "input"
    static func original(_ form: Form) -> String { "original.\(form.ending)" }
    static func preview(_ form: Form) -> String { "preview.\(form.ending)" }

    /// Decodes with the loader of the format and no other; of several frames the first. A JPEG that is much too large
    /// is made smaller on the way.
    static func decode(_ header: PictureHeader, for use: PictureUse) -> [String] {
        let loader =
            switch header.format {
            case .jpeg: "jpegload"
            case .png: "pngload"
            case .webp: "webpload"
            case .gif: "gifload"
            }
        var call = ["vips", loader, input, "decoded.tif", "--fail-on", "truncated"]
        if header.format == .jpeg {
            // Turned or not, what is cut needs its shorter side.
            let side = use.isCut ? min(header.width, header.height) : max(header.width, header.height)
            let spare = side / max(use.box.width, use.box.height)
            call += ["--shrink", String([8, 4, 2].first { $0 <= spare } ?? 1)]
        }
        return call
    }

    /// Turns it upright, brings it to sRGB of 8 bits, and to its size. What is cut is also made larger.
    static func fit(_ use: PictureUse) -> [String] {
        ["vips", "thumbnail", "decoded.tif", "fitted.tif", String(use.box.width), "--height", String(use.box.height),
            "--export-profile", "srgb"] + (use.isCut ? ["--crop", "centre"] : ["--size", "down"])
    }

    /// Prints 4 where there is transparency to look at.
    static let countBands = ["vipsheader", "-f", "bands", "fitted.tif"]
    static let takeTransparency = ["vips", "extract_band", "fitted.tif", "transparency.tif", "3"]
    /// Prints 255 where all of it is opaque.
    static let leastTransparency = ["vips", "min", "transparency.tif"]

    /// Writes it without metadata.
    static func save(_ form: Form) -> [String] {
        switch form {
        case .photograph:
            ["vips", "jpegsave", "fitted.tif", original(form), "--Q", "85", "--optimize-coding", "--strip"]
        case .graphic:
            ["vips", "jpegsave", "fitted.tif", original(form), "--Q", "92", "--subsample-mode", "off",
                "--optimize-coding", "--strip"]
        case .transparent:
            ["vips", "webpsave", "fitted.tif", original(form), "--Q", "85", "--alpha-q", "100", "--strip"]
        }
    }

    static func savePreview(_ form: Form, within box: (width: Int, height: Int)) -> [String] {
        ["vips", "thumbnail", "fitted.tif", "\(preview(form))[Q=80,strip]", String(box.width), "--height",
            String(box.height), "--size", "down"]
    }
}
