import Wire

/// Where a request comes from, when it may have come through proxies.
enum ClientAddress {
    /// Hops that are looked at.
    private static let longestWay = 20

    /// The peer of the connection; where that is a trusted proxy, the right-most address of `X-Forwarded-For` that is
    /// none. What stands left of it was written by somebody who is not trusted (CVE-2023-49952).
    ///
    /// - Parameter forwarded: the values of all fields of that name, in order.
    static func of(peer: IPAddress, forwarded: [String], trusted: [CIDR]) -> IPAddress {
        var client = peer.unmapped
        guard trusted.contains(client) else { return client }
        let hops = forwarded.joined(separator: ",").utf8.split(separator: UInt8(ascii: ","))
        for hop in hops.reversed().prefix(longestWay) {
            guard let address = address(Substring(hop)) else { return client }
            client = address.unmapped
            if !trusted.contains(client) { return client }
        }
        return client
    }

    /// Reads `192.0.2.1`, `192.0.2.1:8080`, `2001:db8::1` and `[2001:db8::1]:8080`.
    private static func address(_ hop: Substring) -> IPAddress? {
        let text = String(hop.drop { $0 == " " || $0 == "\t" }.prefix { $0 != " " && $0 != "\t" })
        if let address = IPAddress(text) { return address }
        if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
            return IPAddress(String(text[text.index(after: text.startIndex)..<end]))
        }
        return text.lastIndex(of: ":").flatMap { IPAddress(String(text[..<$0])) }
    }
}

extension [CIDR] {
    func contains(_ address: IPAddress) -> Bool { contains { $0.contains(address) } }
}
