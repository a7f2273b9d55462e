import Outbound
import Testing
import Wire

struct SystemResolverTests {
    @Test("reads the hosts file through the system's resolver")
    func localhost() async throws {
        let addresses = try await SystemResolver().addresses(of: "localhost")
        #expect(addresses.contains { $0.description == "127.0.0.1" || $0.description == "0:0:0:0:0:0:0:1" })
    }

    @Test("says of a name that cannot exist that it does not")
    func noSuchHost() async {
        // A label of 64 bytes: the resolver refuses it without asking a server.
        let host = String(repeating: "a", count: 64) + ".test"
        await #expect(throws: OutboundError.self) { try await SystemResolver().addresses(of: host) }
    }
}
