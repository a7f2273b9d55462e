extension JSON {
    /// What a text may cost at most to be read; a text at a limit is read, one beyond is refused.
    package struct Limits: Sendable {
        /// Of the whole text.
        package let bytes: Int
        /// Containers within containers, the outermost counting one; never more than ``deepest``.
        package let depth: Int
        /// Values of every kind, containers among them, keys not.
        package let values: Int
        /// UTF-8 bytes of one string or key after its escapes are resolved.
        package let stringBytes: Int
        /// Bytes of one number literal.
        package let numberBytes: Int

        /// Recursion to this depth fits the smallest thread stack in use (512 KiB) also in a debug build.
        package static let deepest = 128

        /// The defaults are the server's limits for documents of peers.
        package init(
            bytes: Int = 1 << 20, depth: Int = 32, values: Int = 10_000, stringBytes: Int = 256 << 10,
            numberBytes: Int = 1_024
        ) {
            self.bytes = bytes
            self.depth = min(depth, Self.deepest)
            self.values = values
            self.stringBytes = stringBytes
            self.numberBytes = numberBytes
        }
    }
}
