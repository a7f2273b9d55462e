/// A block of addresses in prefix notation (RFC 4632, RFC 4291 section 2.3), such as `127.0.10.20/32` or `fd00::/8`.
package struct CIDR: Hashable, Sendable {
    package let base: IPAddress
    package let prefixLength: Int

    /// Reads `address/length`; nil when the length is missing or too long, or the address has bits beyond the prefix.
    package init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard parts.count == 2, let base = IPAddress(String(decoding: parts[0], as: UTF8.self)),
            (1...3).contains(parts[1].count), parts[1].allSatisfy({ (0x30...0x39).contains($0) }),
            let length = Int(String(decoding: parts[1], as: UTF8.self)), length <= base.family.width
        else { return nil }
        self.base = base
        self.prefixLength = length
        guard base.bits & hostMask == 0 else { return nil }
    }

    package func contains(_ address: IPAddress) -> Bool {
        address.family == base.family && address.bits & ~hostMask == base.bits
    }

    package var first: IPAddress { base }
    package var last: IPAddress { IPAddress(family: base.family, bits: base.bits | hostMask) }

    /// The bits that differ inside the block. Swift's `<<` gives zero for a shift by the whole width.
    private var hostMask: UInt128 { (1 << UInt128(base.family.width - prefixLength)) &- 1 }
}

extension CIDR: CustomStringConvertible {
    package var description: String { "\(base)/\(prefixLength)" }
}
