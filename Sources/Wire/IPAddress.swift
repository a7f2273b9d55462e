import Glibc

/// An IPv4 or IPv6 address as a number, so that ranges can be compared.
package struct IPAddress: Hashable, Sendable {
    package enum Family: Sendable {
        case v4, v6

        package var width: Int { self == .v4 ? 32 : 128 }
    }

    package let family: Family
    /// The address in network order; an IPv4 address fills the low 32 bits.
    package let bits: UInt128

    package init(family: Family, bits: UInt128) {
        self.family = family
        self.bits = bits
    }

    /// Reads four decimal numbers without leading zeros, or an IPv6 address of RFC 4291 section 2.2 without brackets
    /// and zone. Every other spelling that a C library would take for an address (`127.1`, `0x7f.1`) gives nil.
    package init?(_ text: String) {
        if text.utf8.contains(UInt8(ascii: ":")) {
            var address = in6_addr()
            guard text.utf8.count <= 45, inet_pton(AF_INET6, text, &address) == 1 else { return nil }
            self.init(
                family: .v6,
                bits: withUnsafeBytes(of: address) { $0.reduce(UInt128(0)) { $0 << 8 | UInt128($1) } })
        } else {
            let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            guard parts.count == 4 else { return nil }
            var bits: UInt128 = 0
            for part in parts {
                guard (1...3).contains(part.count), part.allSatisfy({ (0x30...0x39).contains($0) }),
                    part.count == 1 || part.first != UInt8(ascii: "0"),
                    let octet = UInt8(String(decoding: part, as: UTF8.self))
                else { return nil }
                bits = bits << 8 | UInt128(octet)
            }
            self.init(family: .v4, bits: bits)
        }
    }

    /// The IPv4 address inside an IPv4-mapped one (`::ffff:a.b.c.d`, RFC 4291 section 2.5.5.2); any other as it is.
    package var unmapped: IPAddress {
        guard family == .v6, bits >> 32 == 0xFFFF else { return self }
        return IPAddress(family: .v4, bits: bits & 0xFFFF_FFFF)
    }

    /// What stands for one client where requests are counted: an IPv4 address itself, of IPv6 the first 64 bits.
    package var network: IPAddress {
        let address = unmapped
        return address.family == .v4 ? address : IPAddress(family: .v6, bits: (address.bits >> 64) << 64)
    }

    package static let loopback = IPAddress(family: .v4, bits: 0x7F00_0001)
}

extension IPAddress: CustomStringConvertible {
    package var description: String {
        switch family {
        case .v4:
            return stride(from: 24, through: 0, by: -8).map { String(UInt8(truncatingIfNeeded: bits >> $0)) }
                .joined(separator: ".")
        case .v6:
            let groups = stride(from: 112, through: 0, by: -16).map { UInt16(truncatingIfNeeded: bits >> $0) }
            return groups.map { String($0, radix: 16) }.joined(separator: ":")
        }
    }
}
