import Testing
import Wire

@testable import WebServer

struct ClientAddressTests {
    @Test(
        "Only a trusted proxy is believed, and of what it says the right-most hop that is none (H01)",
        arguments: [
            ("203.0.113.9", ["198.51.100.7"], "203.0.113.9"), ("127.0.0.1", [], "127.0.0.1"),
            ("127.0.0.1", ["198.51.100.7"], "198.51.100.7"), ("::ffff:127.0.0.1", ["198.51.100.7"], "198.51.100.7"),
            ("127.0.0.1", ["6.6.6.6, 198.51.100.7"], "198.51.100.7"),
            ("127.0.0.1", ["6.6.6.6", "198.51.100.7"], "198.51.100.7"),
            ("127.0.0.1", ["6.6.6.6, 198.51.100.7, 10.1.2.3"], "198.51.100.7"),
            ("127.0.0.1", ["10.1.2.3, 10.1.2.4"], "10.1.2.3"), ("127.0.0.1", ["198.51.100.7:4711"], "198.51.100.7"),
            ("127.0.0.1", ["[2001:db8::7]:4711"], "2001:db8:0:0:0:0:0:7"), ("127.0.0.1", ["2001:db8::7"], "2001:db8:0:0:0:0:0:7"),
            ("127.0.0.1", ["::ffff:198.51.100.7"], "198.51.100.7"), ("127.0.0.1", ["198.51.100.7, unknown"], "127.0.0.1"),
            ("127.0.0.1", ["198.51.100.7, unknown, 10.1.2.3"], "10.1.2.3"), ("127.0.0.1", [",,,"], "127.0.0.1"),
            ("127.0.0.1", ["0x7f.1"], "127.0.0.1"),
        ])
    func reads(peer: String, forwarded: [String], client: String) throws {
        let trusted = ["127.0.0.1/32", "10.1.0.0/16"].compactMap { CIDR($0) }
        let found = ClientAddress.of(peer: try #require(IPAddress(peer)), forwarded: forwarded, trusted: trusted)
        #expect(found.description == client)
    }

    @Test("The server tells a route where a request comes from, and no other header says so (H01)")
    func throughTheServer() async throws {
        let fields = [
            "X-Forwarded-For: 198.51.100.7", "Forwarded: for=6.6.6.6", "X-Real-IP: 6.6.6.6", "Client-IP: 6.6.6.6",
        ]
        try await withServer { port in
            let reply = try await RawClient.request("GET", "/client", fields: fields, to: port)
            #expect(reply?.body == #""127.0.0.1""#)
        }
        let proxies = ["127.0.0.1/32"].compactMap { CIDR($0) }
        try await withServer(configure: { $0.trustedProxies = proxies }) { port in
            let reply = try await RawClient.request("GET", "/client", fields: fields, to: port)
            #expect(reply?.body == #""198.51.100.7""#)
        }
    }
}
