import Glibc
import NIOSSL
import Testing
import Wire

@testable import Outbound

@Suite(.serialized, .timeLimit(.minutes(1)))
struct TLSTests {
    private func fetch(
        from server: ScriptedServer, name: String = "peer.test", trust: TrustRoots? = nil,
        change: (inout OutboundSettings) -> Void = { _ in }
    ) async throws -> Result<Int, OutboundError> {
        let settings = OutboundSettings.testing("127.0.0.1/32").with(change)
        return try await withClient(settings, trust: trust, resolver: ScriptedResolver(["127.0.0.1"])) { client in
            let target = try uri("https://\(name):\(server.port)/")
            return await outcome { () async throws(OutboundError) in try await client.get(target, accept: "*/*") }
        }
    }

    private func server(_ leaf: TestCertificates.Leaf, newest: TLSVersion? = nil) async throws -> ScriptedServer {
        let tls = try TestCertificates.shared.get().context(leaf, newest: newest)
        return try await ScriptedServer.start(tls: tls) { _ in [answer()] }
    }

    @Test(
        "accepts a certificate of a trusted authority for the name",
        arguments: ["peer.test", "other.test", "a.localhost", "localhost"])
    func trusted(_ name: String) async throws {
        #expect(try await fetch(from: try await server(.good), name: name) == .success(200))
    }

    @Test(
        "refuses any other certificate, and says that it may be mended",
        arguments: [TestCertificates.Leaf.wrongName, .selfSigned, .expired])
    func untrusted(_ leaf: TestCertificates.Leaf) async throws {
        let server = try await server(leaf)
        #expect(try await fetch(from: server) == .failure(.tls))
        #expect(server.requests.isEmpty)
        #expect(OutboundError.tls.isTransient)
    }

    @Test("checks the name also where the address is known without DNS")
    func loopbackName() async throws {
        #expect(try await fetch(from: try await server(.wrongName), name: "peer.localhost") == .failure(.tls))
    }

    @Test("does not trust the bench's authority unless told to")
    func systemRoots() async throws {
        #expect(try await fetch(from: try await server(.good), trust: .system) == .failure(.tls))
    }

    @Test("speaks TLS 1.2 but nothing older")
    func versions() async throws {
        #expect(try await fetch(from: try await server(.good, newest: .tlsv12)) == .success(200))
        #expect(try await fetch(from: try await server(.good, newest: .tlsv11)) == .failure(.tls))
    }

    @Test("never falls back to plain http")
    func plain() async throws {
        let plain = try await ScriptedServer.start(onConnect: [answer()]) { _ in [answer()] }
        #expect(try await fetch(from: plain) == .failure(.tls))
        #expect(plain.requests.isEmpty)
    }

    @Test("does not wait for a stalled handshake")
    func stalledHandshake() async throws {
        let silent = try await ScriptedServer.start()
        let result = try await fetch(from: silent) { $0.timeouts.connect = .milliseconds(200) }
        #expect(result == .failure(.connect))
        try await silent.connectionsClosed()
    }

    @Test("shuts down while a handshake stalls")
    func shutdownDuringHandshake() async throws {
        let silent = try await ScriptedServer.start()
        let settings = OutboundSettings.testing("127.0.0.1/32").with { $0.timeouts.connect = .seconds(1) }
        try await withClient(settings) { client in
            let target = try uri("https://peer.localhost:\(silent.port)/")
            await #expect(throws: OutboundError.timeout) {
                try await client.get(target, accept: "*/*", limits: ExchangeLimits(total: .milliseconds(100)))
            }
        }
        try await silent.connectionsClosed()
    }

    @Test("takes the system's roots from the file that SSL_CERT_FILE names")
    func certificateFile() async {
        await #expect(processExitsWith: .success) {
            setenv("SSL_CERT_FILE", "/nowhere/at/all.pem", 1)
            #expect(throws: TrustRoots.LoadingError.unreadable(path: "/nowhere/at/all.pem")) {
                try TrustRoots.system.load()
            }
        }
    }

    @Test("starts with no certificates to trust in no case")
    func unusableRoots() {
        let settings = OutboundSettings.testing()
        #expect(throws: TrustRoots.LoadingError.unreadable(path: "/nowhere/at/all.pem")) {
            try GuardedClient(settings: settings, trust: .file("/nowhere/at/all.pem"))
        }
        for bytes in ["", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "text"] {
            #expect(throws: TrustRoots.LoadingError.noCertificates) {
                try GuardedClient(settings: settings, trust: .pem(Array(bytes.utf8)))
            }
        }
    }
}
