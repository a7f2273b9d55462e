package import Wire

/// Decides whether an address may be connected to.
///
/// Only globally routed unicast is reachable: everything in the IANA special-purpose registries for IPv4 and IPv6
/// (RFC 6890 and its successors) and multicast are refused, and of IPv6 all that lies outside 2000::/3. IPv4-mapped
/// addresses are judged as the IPv4 address they stand for; NAT64, 6to4 and Teredo, which hide another, are refused.
package struct AddressPolicy: Sendable {
    package enum Verdict: Hashable, Sendable {
        /// An address of the public Internet.
        case global
        /// A special address that the operator listed as reachable.
        case listed
        case forbidden
    }

    /// Blocks that the operator opened although they are special, for test networks and development.
    package let reachable: [CIDR]

    package init(reachable: [CIDR] = []) {
        self.reachable = reachable
    }

    package func verdict(on address: IPAddress) -> Verdict {
        let address = address.unmapped
        if reachable.contains(where: { $0.contains(address) }) { return .listed }
        switch address.family {
        case .v4:
            return Self.special4.contains { $0.contains(address) } ? .forbidden : .global
        case .v6:
            guard Self.globalUnicast6.contains(where: { $0.contains(address) }) else { return .forbidden }
            return Self.special6.contains { $0.contains(address) } ? .forbidden : .global
        }
    }

    /// IANA IPv4 Special-Purpose Address Registry, and multicast (RFC 5771).
    static let special4: [CIDR] = [
        "0.0.0.0/8",  // this network, RFC 791
        "10.0.0.0/8",  // private use, RFC 1918
        "100.64.0.0/10",  // shared address space, RFC 6598
        "127.0.0.0/8",  // loopback, RFC 1122
        "169.254.0.0/16",  // link local, RFC 3927
        "172.16.0.0/12",  // private use, RFC 1918
        "192.0.0.0/24",  // IETF protocol assignments, RFC 6890
        "192.0.2.0/24",  // documentation, RFC 5737
        "192.31.196.0/24",  // AS112, RFC 7535
        "192.52.193.0/24",  // AMT, RFC 7450
        "192.88.99.0/24",  // 6to4 relay anycast, RFC 7526
        "192.168.0.0/16",  // private use, RFC 1918
        "192.175.48.0/24",  // AS112, RFC 7534
        "198.18.0.0/15",  // benchmarking, RFC 2544
        "198.51.100.0/24",  // documentation, RFC 5737
        "203.0.113.0/24",  // documentation, RFC 5737
        "224.0.0.0/4",  // multicast, RFC 5771
        "240.0.0.0/4",  // reserved, RFC 1112, with limited broadcast
    ].compactMap { CIDR($0) }

    /// The part of IPv6 given to global unicast so far (IANA IPv6 Address Space).
    static let globalUnicast6 = ["2000::/3"].compactMap { CIDR($0) }

    /// IANA IPv6 Special-Purpose Address Registry, where it lies inside 2000::/3.
    static let special6: [CIDR] = [
        "2001::/23",  // IETF protocol assignments with Teredo, ORCHID and benchmarking, RFC 2928
        "2001:db8::/32",  // documentation, RFC 3849
        "2002::/16",  // 6to4, RFC 3056
        "2620:4f:8000::/48",  // AS112, RFC 7534
        "3fff::/20",  // documentation, RFC 9637
    ].compactMap { CIDR($0) }
}
