import Outbound
import Testing
import Wire

/// A special range by its first and last address, with the public addresses beside it.
struct SpecialRange: Sendable, CustomTestStringConvertible {
    let first: String
    let last: String
    let before: String?
    let after: String?

    init(_ first: String, _ last: String, before: String? = nil, after: String? = nil) {
        (self.first, self.last, self.before, self.after) = (first, last, before, after)
    }

    var testDescription: String { "\(first) … \(last)" }
}

struct AddressPolicyTests {
    private func verdict(_ text: String, reachable: [String] = []) throws -> AddressPolicy.Verdict {
        let policy = AddressPolicy(reachable: try reachable.map { try #require(CIDR($0)) })
        return policy.verdict(on: try #require(IPAddress(text)))
    }

    @Test(
        "refuses the first and last address of each special range, and nothing beside it",
        arguments: [
            SpecialRange("0.0.0.0", "0.255.255.255", after: "1.0.0.0"),
            SpecialRange("10.0.0.0", "10.255.255.255", before: "9.255.255.255", after: "11.0.0.0"),
            SpecialRange("100.64.0.0", "100.127.255.255", before: "100.63.255.255", after: "100.128.0.0"),
            SpecialRange("127.0.0.0", "127.255.255.255", before: "126.255.255.255", after: "128.0.0.0"),
            SpecialRange("169.254.0.0", "169.254.255.255", before: "169.253.255.255", after: "169.255.0.0"),
            SpecialRange("172.16.0.0", "172.31.255.255", before: "172.15.255.255", after: "172.32.0.0"),
            SpecialRange("192.0.0.0", "192.0.0.255", before: "191.255.255.255", after: "192.0.1.0"),
            SpecialRange("192.0.2.0", "192.0.2.255", before: "192.0.1.255", after: "192.0.3.0"),
            SpecialRange("192.31.196.0", "192.31.196.255", before: "192.31.195.255", after: "192.31.197.0"),
            SpecialRange("192.52.193.0", "192.52.193.255", before: "192.52.192.255", after: "192.52.194.0"),
            SpecialRange("192.88.99.0", "192.88.99.255", before: "192.88.98.255", after: "192.88.100.0"),
            SpecialRange("192.168.0.0", "192.168.255.255", before: "192.167.255.255", after: "192.169.0.0"),
            SpecialRange("192.175.48.0", "192.175.48.255", before: "192.175.47.255", after: "192.175.49.0"),
            SpecialRange("198.18.0.0", "198.19.255.255", before: "198.17.255.255", after: "198.20.0.0"),
            SpecialRange("198.51.100.0", "198.51.100.255", before: "198.51.99.255", after: "198.51.101.0"),
            SpecialRange("203.0.113.0", "203.0.113.255", before: "203.0.112.255", after: "203.0.114.0"),
            SpecialRange("224.0.0.0", "239.255.255.255", before: "223.255.255.255"),
            SpecialRange("240.0.0.0", "255.255.255.255"),
            SpecialRange("::", "::1"),
            SpecialRange("::1.2.3.4", "::ffff:ffff"),
            SpecialRange("64:ff9b::", "64:ff9b::ffff:ffff"),
            SpecialRange("64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff"),
            SpecialRange("100::", "100:0:0:1:ffff:ffff:ffff:ffff"),
            SpecialRange("1fff::", "1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", after: "2000::"),
            SpecialRange(
                "2001::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff",
                before: "2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff", after: "2001:200::"),
            SpecialRange(
                "2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
                before: "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff", after: "2001:db9::"),
            SpecialRange(
                "2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
                before: "2001:ffff:ffff:ffff:ffff:ffff:ffff:ffff", after: "2003::"),
            SpecialRange(
                "2620:4f:8000::", "2620:4f:8000:ffff:ffff:ffff:ffff:ffff",
                before: "2620:4f:7fff:ffff:ffff:ffff:ffff:ffff", after: "2620:4f:8001::"),
            SpecialRange(
                "3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff",
                before: "3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff", after: "3fff:1000::"),
            SpecialRange("4000::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
            SpecialRange("5f00::", "5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
            SpecialRange("fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
            SpecialRange("fe80::", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
            SpecialRange("fec0::", "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
            SpecialRange("ff00::", "ff0e::1"),
        ])
    func specialRange(_ range: SpecialRange) throws {
        #expect(try verdict(range.first) == .forbidden)
        #expect(try verdict(range.last) == .forbidden)
        for neighbour in [range.before, range.after].compactMap({ $0 }) {
            #expect(try verdict(neighbour) == .global, "\(neighbour)")
        }
    }

    @Test(
        "judges an IPv4-mapped address as the IPv4 address in it",
        arguments: [
            ("::ffff:127.0.0.1", AddressPolicy.Verdict.forbidden), ("::ffff:0.0.0.0", .forbidden),
            ("::ffff:a09:909", .forbidden), ("::ffff:169.254.169.254", .forbidden), ("::ffff:1.1.1.1", .global),
            ("::ffff:127.0.10.20", .listed),
        ])
    func mapped(_ text: String, _ expected: AddressPolicy.Verdict) throws {
        #expect(try verdict(text, reachable: ["127.0.10.20/32"]) == expected)
    }

    @Test(
        "opens exactly the listed blocks",
        arguments: [
            ("127.0.10.19", AddressPolicy.Verdict.forbidden), ("127.0.10.20", .listed), ("127.0.10.21", .forbidden),
            ("10.1.255.255", .forbidden), ("10.2.0.0", .listed), ("10.3.255.255", .listed), ("10.4.0.0", .forbidden),
            ("fd00::1", .listed), ("fd01::1", .forbidden), ("::1", .forbidden), ("9.9.9.9", .global),
        ])
    func listed(_ text: String, _ expected: AddressPolicy.Verdict) throws {
        #expect(try verdict(text, reachable: ["127.0.10.20/32", "10.2.0.0/15", "fd00::/16"]) == expected)
    }
}

struct IPAddressTests {
    @Test(
        "reads no spelling but the plain one",
        arguments: [
            "", "1", "127.1", "127.0.1", "0x7f.0.0.1", "0177.0.0.1", "127.0.0.01", "2130706433", "256.0.0.1",
            "127.0.0.1.", ".127.0.0.1", "127.0.0.1.1", "127.0.0.+1", " 127.0.0.1", "127.0.0.1\n", "１27.0.0.1", "[::1]",
            "fe80::1%lo", "::1::", ":::", "12345::", "::ffff:127.0.0.1.1", "::1/128", "::１",
        ])
    func refusesOtherSpellings(_ text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test(
        "writes what it reads",
        arguments: ["0.0.0.0", "127.0.0.1", "255.255.255.255", "0:0:0:0:0:0:0:1", "2001:db8:0:0:0:0:0:ff"])
    func roundTrip(_ text: String) throws {
        #expect(try #require(IPAddress(text)).description == text)
    }
}

struct CIDRTests {
    @Test(
        "refuses what is not a block",
        arguments: [
            "", "/", "10.0.0.0", "10.0.0.0/", "10.0.0.0/33", "::/129", "10.0.0.1/8", "10.0.0.0/-1", "10.0.0.0/+8",
            "10.0.0.0/8/8", "10.0.0/8", "fd00::1/8", "host/8", "10.0.0.0/99999999999999999999",
        ])
    func refuses(_ text: String) {
        #expect(CIDR(text) == nil)
    }

    @Test(
        "spans its first to its last address",
        arguments: [
            ("0.0.0.0/0", "0.0.0.0", "255.255.255.255"), ("127.0.10.20/32", "127.0.10.20", "127.0.10.20"),
            ("198.18.0.0/15", "198.18.0.0", "198.19.255.255"),
            ("::/0", "::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
            ("64:ff9b::/96", "64:ff9b::", "64:ff9b::ffff:ffff"), ("::1/128", "::1", "::1"),
        ])
    func spans(_ text: String, _ first: String, _ last: String) throws {
        let block = try #require(CIDR(text))
        #expect(block.first == IPAddress(first))
        #expect(block.last == IPAddress(last))
        #expect(block.contains(block.first))
        #expect(block.contains(block.last))
    }

    @Test("keeps the families apart")
    func families() throws {
        let everything = try #require(CIDR("0.0.0.0/0"))
        #expect(!everything.contains(try #require(IPAddress("::1"))))
    }
}
