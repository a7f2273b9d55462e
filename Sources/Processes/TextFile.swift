internal import Glibc

/// Reads what programs write for people.
package enum TextFile {
    /// The last 4,000 bytes of an open file.
    package static func tail(of descriptor: Int32) -> String {
        let limit = 4000
        let size = lseek(descriptor, 0, SEEK_END)
        lseek(descriptor, max(0, size - limit), SEEK_SET)
        var bytes = [UInt8](repeating: 0, count: limit)
        let count = read(descriptor, &bytes, limit)
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }

    /// All of an open file; nil where it cannot be read, or is longer than it may be.
    static func all(of descriptor: Int32, most: Int) -> [UInt8]? {
        let size = lseek(descriptor, 0, SEEK_END)
        guard size >= 0, size <= most else { return nil }
        var bytes = [UInt8](repeating: 0, count: size)
        var filled = 0
        while filled < size {
            let count = bytes.withUnsafeMutableBytes { bytes in
                pread(descriptor, bytes.baseAddress?.advanced(by: filled), size - filled, filled)
            }
            guard count > 0 else { return nil }
            filled += count
        }
        return bytes
    }
}
