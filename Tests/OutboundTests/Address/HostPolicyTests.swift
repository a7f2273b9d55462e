import Outbound
import Testing
import Wire

struct HostPolicyTests {
    private func policy(_ reachable: String...) -> HostPolicy {
        HostPolicy(
            addresses: AddressPolicy(reachable: reachable.compactMap { CIDR($0) }),
            ownOrigin: Origin(scheme: .https, host: "own.test", port: 443))
    }

    /// The verdict, where a text that is no URI at all counts as a forbidden host.
    private func verdict(_ text: String, _ policy: HostPolicy) -> HostPolicy.Verdict {
        URI(text).map { policy.verdict(on: $0) } ?? .refused(.forbiddenHost)
    }

    @Test(
        "refuses every spelling of an address, and what is no host name",
        arguments: [
            "https://127.0.0.1/", "https://10.9.9.9/", "https://2130706433/", "https://0x7f000001/", "https://0x7f.1/",
            "https://127.0.0.0x1/", "https://017700000001/", "https://0177.0.0.1/", "https://127.1/",
            "https://1.1.1.1/",
            "https://[::1]/", "https://[::ffff:7f00:1]/", "https://[fe80::1%25lo]/", "https://[fe80::1%lo]/",
            "https://１２７.0.0.1/", "https://127。0。0。1/", "https://%31%32%37.0.0.1/", "https://127.0.0.1./",
            "https://peer.test./", "https://peer.test.:443/", "https://peer..test/", "https://.peer.test/",
            "https://-peer.test/", "https://peer-.test/", "https://pe_er.test/", "https://peer/", "https://peer.0x/",
            "https://peer.7/", "https://b.test@e.test/", "https:\\\\e.test/", "https://e.test\\@b.test/",
            "https://e.te\tst/", "https://e.test\n/", "https://b.test/x\r\nHost: y", "https:///x", "https://",
            "https://\(String(repeating: "a", count: 64)).test/",
            "https://\(String(repeating: "a.", count: 127))test/",
        ])
    func forbiddenHosts(_ text: String) {
        #expect(verdict(text, policy("127.0.0.0/8", "10.0.0.0/8")) == .refused(.forbiddenHost))
    }

    @Test(
        "lets federation use https on port 443 with DNS names only",
        arguments: [
            ("https://peer.test/", HostPolicy.Verdict.name(listedOnly: false)),
            ("https://peer.test:443/", .name(listedOnly: false)),
            ("HTTPS://PEER.test/", .name(listedOnly: false)),
            ("https://xn--bcher-kva.test/users/a?b#c", .name(listedOnly: false)),
            ("https://1.2.3.4.test/", .name(listedOnly: false)),
            ("http://peer.test/", .refused(.scheme)), ("HTTP://peer.test/", .refused(.scheme)),
            ("http://peer.test:443/", .refused(.scheme)), ("https://peer.test:8443/", .refused(.forbiddenPort)),
            ("https://peer.test:80/", .refused(.forbiddenPort)), ("https://own.test/inbox", .refused(.ownOrigin)),
            ("https://OWN.test:443/", .refused(.ownOrigin)), ("https://localhost/", .refused(.forbiddenHost)),
            ("http://peer.localhost:8080/", .refused(.forbiddenHost)),
        ])
    func production(_ text: String, _ expected: HostPolicy.Verdict) {
        #expect(verdict(text, policy()) == expected)
    }

    @Test(
        "opens loopback names only where 127.0.0.1 is listed",
        arguments: [
            "http://localhost:8080/", "http://ateneo.localhost/", "https://a.b.localhost:9/", "https://LOCALHOST/",
        ])
    func loopback(_ text: String) {
        #expect(verdict(text, policy("127.0.0.1/32")) == .loopback)
        #expect(verdict(text, policy("127.0.0.0/8")) == .loopback)
        #expect(verdict(text, policy("127.0.10.20/32", "10.0.0.0/8")) == .refused(.forbiddenHost))
    }

    @Test(
        "takes no other name for a loopback name",
        arguments: ["http://notlocalhost:8080/", "http://localhost.test/", "http://localhost./", "http://-.localhost/"])
    func notLoopback(_ text: String) {
        #expect(verdict(text, policy("127.0.0.0/8")) != .loopback)
    }

    @Test("leaves other ports to the look-up where addresses are listed")
    func listedPorts() {
        #expect(verdict("https://peer.test:8443/", policy("127.0.10.20/32")) == .name(listedOnly: true))
        #expect(verdict("http://peer.test:8080/", policy("127.0.10.20/32")) == .refused(.scheme))
    }
}
