import Foundation

/// Gives every thing of one run a name of its own, the same ones in every run. A backup that comes back does not use a
/// name a second time, as random ones would not be.
final class Names {
    private var last: UInt64 = 0

    func next() -> UUID {
        last += 1
        let bytes = withUnsafeBytes(of: last.bigEndian, Array.init)
        return UUID(
            uuid: (
                0, 0, 0, 0, 0, 0, 0x40, 0, 0x80 | bytes[0] & 0x3f, bytes[1], bytes[2], bytes[3], bytes[4], bytes[5],
                bytes[6], bytes[7]
            ))
    }
}
