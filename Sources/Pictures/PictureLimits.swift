/// What one file may cost. Decoders of pictures meet whatever people send, and have had holes: what goes wrong in one
/// ends with its process.
package struct PictureLimits: Sendable {
    /// Seen in the header, before decoding: 7680 × 4320.
    package var pixels = 33_177_600
    /// In bytes, of one process: the largest picture of 16 bits a channel takes a quarter of it.
    package var memory = 1 << 30
    /// In bytes, of one file on the way: as much as the largest picture needs without compression.
    package var fileSize = 300 << 20
    /// In bytes, of what comes out.
    package var result = 16 << 20
    /// Seconds for all steps together.
    package var seconds = 20

    package init() {}
}
