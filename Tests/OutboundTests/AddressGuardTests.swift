import Dispatch
import NIOCore
import Testing
import Wire

@testable import Outbound

/// The bench: one peer on a listed loopback address, canaries on loopback addresses that are not listed. All listen
/// on the port that stands for 443.
private struct GuardBench {
    let peer: ScriptedServer
    let canaries: [ScriptedServer]

    static let peerAddress = "127.0.10.20"

    init(script: @escaping ScriptedServer.Script = { _ in [answer()] }) async throws {
        let tls = try TestCertificates.shared.get().context()
        var canaries: [ScriptedServer] = []
        let peer = try await ScriptedServer.start(on: Self.peerAddress, tls: tls, script: script)
        for address in ["127.0.0.9", "127.0.77.9", "::1"] {
            canaries.append(try await ScriptedServer.start(on: address, port: peer.port) { _ in [answer()] })
        }
        self.peer = peer
        self.canaries = canaries
    }

    var settings: OutboundSettings {
        .testing("\(Self.peerAddress)/32").with { [port = peer.port] in $0.httpsPort = port }
    }

    var target: URI {
        get throws { try uri("https://peer.test:\(peer.port)/") }
    }

    func expectSilentCanaries() {
        #expect(canaries.map(\.connectionCount) == canaries.map { _ in 0 })
    }
}

@Suite(.serialized, .timeLimit(.minutes(1)))
struct AddressGuardTests {
    @Test("connects to the listed address of a name, by TLS on its name")
    func allowed() async throws {
        let bench = try await GuardBench()
        try await withClient(bench.settings, resolver: ScriptedResolver([GuardBench.peerAddress])) { client in
            let response = try await client.get(try bench.target, accept: "*/*")
            #expect(response.status == 200)
        }
        #expect(bench.peer.requests.first?.values("host") == ["peer.test:\(bench.peer.port)"])
        bench.expectSilentCanaries()
    }

    @Test(
        "refuses names with forbidden addresses before a packet leaves",
        arguments: [
            ["127.0.0.9"], ["127.0.77.9"], ["127.0.0.1"], ["::1"], ["::"], ["::ffff:127.0.0.9"], ["0.0.0.0"],
            ["10.9.9.9"], ["172.16.0.1"], ["192.168.1.1"], ["100.64.0.1"], ["169.254.169.254"], ["fd00::9"],
            ["fe80::1"],
            ["64:ff9b::7f00:9"], ["2002:7f00:9::"], ["127.0.0.9", "10.9.9.9", "::1"],
        ])
    func forbidden(_ answers: [String]) async throws {
        let bench = try await GuardBench()
        try await withClient(bench.settings, resolver: ScriptedResolver(answers)) { client in
            let started = ContinuousClock.now
            let target = try bench.target
            await #expect(throws: OutboundError.forbiddenAddress) { try await client.get(target, accept: "*/*") }
            await #expect(throws: OutboundError.forbiddenAddress) {
                try await client.send(to: target, contentType: "a/b", body: [1])
            }
            // No connect was tried: one to 10.9.9.9 would take until its timeout.
            #expect(started.duration(to: .now) < .seconds(20))
        }
        bench.expectSilentCanaries()
    }

    @Test("skips the forbidden among mixed answers", arguments: [0, 1, 2])
    func mixed(_ position: Int) async throws {
        let bench = try await GuardBench()
        var answers = ["127.0.0.9", "::1"]
        answers.insert(GuardBench.peerAddress, at: position)
        try await withClient(bench.settings, resolver: ScriptedResolver(answers)) { client in
            let response = try await client.get(try bench.target, accept: "*/*")
            #expect(response.status == 200)
        }
        bench.expectSilentCanaries()
    }

    @Test("is not fooled by answers that change from look-up to look-up")
    func rebinding() async throws {
        let bench = try await GuardBench()
        let answers = (0..<30).map { $0.isMultiple(of: 2) ? [GuardBench.peerAddress] : ["127.0.0.9", "127.0.77.9"] }
        let resolver = ScriptedResolver(answers)
        let settings = bench.settings.with { $0.timeouts.pin = .zero }
        try await withClient(settings, resolver: resolver) { client in
            for round in 0..<30 {
                let target = try bench.target
                let result = await outcome { () async throws(OutboundError) in
                    try await client.get(target, accept: "*/*")
                }
                #expect(result == (round.isMultiple(of: 2) ? .success(200) : .failure(.forbiddenAddress)))
            }
        }
        #expect(resolver.lookUps.count == 30)
        bench.expectSilentCanaries()
    }

    @Test("asks once and keeps to the judged address")
    func pinned() async throws {
        let bench = try await GuardBench()
        let resolver = ScriptedResolver([GuardBench.peerAddress], ["127.0.0.9"])
        try await withClient(bench.settings, resolver: resolver) { client in
            for _ in 0..<10 { _ = try await client.get(try bench.target, accept: "*/*") }
        }
        #expect(resolver.lookUps == ["peer.test"])
        bench.expectSilentCanaries()
    }

    @Test("keeps to the last judged address while the resolver fails, but not for ever")
    func failingResolver() async throws {
        let bench = try await GuardBench()
        for (stale, expected) in [
            (Duration.seconds(3600), Result<Int, OutboundError>.success(200)), (.zero, .failure(.dns)),
        ] {
            let settings = bench.settings.with {
                $0.timeouts.pin = .zero
                $0.timeouts.stalePin = stale
            }
            let resolver = ScriptedResolver([GuardBench.peerAddress], [])
            try await withClient(settings, resolver: resolver) { client in
                let target = try bench.target
                #expect(try await client.get(target, accept: "*/*").status == 200)
                let later = await outcome { () async throws(OutboundError) in
                    try await client.get(target, accept: "*/*")
                }
                #expect(later == expected)
            }
            #expect(resolver.lookUps.count == 2)
        }
        bench.expectSilentCanaries()
    }

    @Test(
        "refuses redirects to the inside",
        arguments: [
            "https://127.0.0.9:PORT/", "https://127.0.77.9:PORT/", "https://[::1]:PORT/", "https://2130706441:PORT/",
            "https://0x7f.9:PORT/", "https://10.9.9.9/", "http://127.0.0.1/", "http://127.0.0.9:PORT/",
            "https://inside.test:PORT/", "http://inside.test:PORT/", "//inside.test:PORT/", "https://own.test/",
            "http://localhost:PORT/", "https://localhost:PORT/",
        ])
    func redirects(_ location: String) async throws {
        let bench = try await GuardBench { request in
            let port = request.values("host")[0].split(separator: ":")[1]
            return [answer(302, "", fields: ["Location: \(location.replacing("PORT", with: port))"])]
        }
        let names = ["peer.test": [GuardBench.peerAddress], "inside.test": ["127.0.0.9", "::1"]]
        try await withClient(bench.settings, resolver: NamedResolver(names: names)) { client in
            let target = try bench.target
            let result = await outcome { () async throws(OutboundError) in try await client.get(target, accept: "*/*") }
            guard case .failure(let error) = result else { return #expect(Bool(false), "followed to \(location)") }
            #expect(!error.isTransient)
        }
        #expect(bench.peer.requests.count == 1)
        bench.expectSilentCanaries()
    }

    @Test("judges the address of the connection itself, before a byte of the request")
    func admission() async throws {
        let canary = try await ScriptedServer.start(on: "127.0.0.9") { _ in [answer()] }
        let settings = OutboundSettings.testing("127.0.10.20/32")
        let open = DispatchGroup()
        // A pin that no judgement preceded.
        let client = PinnedClient(
            host: "peer.localhost", address: try #require(IPAddress("127.0.0.9")),
            template: .init(
                certificates: [], policy: AddressPolicy(reachable: settings.reachable), timeouts: settings.timeouts,
                limits: settings.limits, open: open))
        let request = OutgoingRequest(
            method: .post, uri: try uri("http://peer.localhost:\(canary.port)/"), headers: [], body: [1, 2, 3])
        for _ in 0..<3 {
            await #expect(throws: OutboundError.forbiddenAddress) {
                try await client.perform(request, bodyLimit: 1024)
            }
        }
        #expect(canary.requests.isEmpty)
        try await canary.connectionsClosed()
    }

    @Test("uses other ports only where every address is listed")
    func ports() async throws {
        let bench = try await GuardBench()
        let settings = OutboundSettings.testing("\(GuardBench.peerAddress)/32")
        let target = try bench.target
        try await withClient(settings, resolver: ScriptedResolver([GuardBench.peerAddress])) { client in
            let response = try await client.get(target, accept: "*/*")
            #expect(response.status == 200)
        }
        try await withClient(settings, resolver: ScriptedResolver([GuardBench.peerAddress, "1.1.1.1"])) { client in
            await #expect(throws: OutboundError.forbiddenPort) { try await client.get(target, accept: "*/*") }
        }
        bench.expectSilentCanaries()
    }

    @Test("does not connect to itself, to literals or to loopback names that are not open")
    func refusedHosts() async throws {
        let bench = try await GuardBench()
        let resolver = ScriptedResolver([GuardBench.peerAddress])
        try await withClient(bench.settings, resolver: resolver) { client in
            for (text, reason) in [
                ("https://own.test/inbox", OutboundError.ownOrigin), ("https://127.0.10.20/", .forbiddenHost),
                ("http://peer.test/", .scheme), ("http://peer.localhost:\(bench.peer.port)/", .forbiddenHost),
                ("https://peer.test.:\(bench.peer.port)/", .forbiddenHost),
            ] {
                let target = try uri(text)
                await #expect(throws: reason) { try await client.get(target, accept: "*/*") }
            }
        }
        #expect(resolver.lookUps.isEmpty)
        #expect(bench.peer.connectionCount == 0)
        bench.expectSilentCanaries()
    }

    @Test("tries the next address when one cannot be connected to, and remembers which could")
    func nextAddress() async throws {
        let bench = try await GuardBench()
        let settings = bench.settings.with { $0.reachable += [CIDR("127.0.10.21/32")].compactMap { $0 } }
        let resolver = ScriptedResolver(["127.0.10.21", GuardBench.peerAddress])
        try await withClient(settings, resolver: resolver) { client in
            for _ in 0..<3 {
                let response = try await client.get(try bench.target, accept: "*/*")
                #expect(response.status == 200)
            }
        }
        #expect(bench.peer.connectionCount == 1)
    }
}
