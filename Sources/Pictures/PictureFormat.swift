/// The kinds of files that become pictures. Nothing else is looked at: what a program can read is more than what it
/// should.
package enum PictureFormat: String, CaseIterable, Sendable {
    case jpeg = "image/jpeg", png = "image/png", webp = "image/webp", gif = "image/gif"

    /// By the first bytes, whatever name or type came with them.
    package init?(_ bytes: ArraySlice<UInt8>) {
        if bytes.starts(with: [0xff, 0xd8, 0xff]) {
            self = .jpeg
        } else if bytes.starts(with: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) {
            self = .png
        } else if bytes.starts(with: "RIFF".utf8), bytes.dropFirst(8).starts(with: "WEBP".utf8) {
            self = .webp
        } else if bytes.starts(with: "GIF87a".utf8) || bytes.starts(with: "GIF89a".utf8) {
            self = .gif
        } else {
            return nil
        }
    }
}
