import NIOCore
import Testing
import Wire

@testable import Outbound

@Suite(.serialized, .timeLimit(.minutes(1)))
struct DeadlineTests {
    private let limits = ExchangeLimits(total: .milliseconds(250))

    @Test(
        "ends an exchange at its deadline, wherever the other side stalls",
        arguments: [
            [],
            [ScriptedServer.Step.send("HTTP/1.1 200 OK\r\n")],
            [.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n")],
            [.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")],
            [.drip("HTTP/1.1 200 OK\r\nX: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", pause: .milliseconds(20))],
            [.send("HTTP/1.1 200 OK\r\n\r\n"), .drip("a", pause: .milliseconds(20))],
            [.drip("HTTP/1.1 100 Continue\r\n\r\n", pause: .milliseconds(5))],
        ])
    func stalls(_ steps: [ScriptedServer.Step]) async throws {
        let server = try await ScriptedServer.start { _ in steps }
        try await withClient { [limits] client in
            let target = try local(server)
            let started = ContinuousClock.now
            await #expect(throws: OutboundError.timeout) {
                try await client.get(target, accept: "*/*", limits: limits)
            }
            #expect(started.duration(to: .now) < .seconds(30))
            // Where the machine was too slow for the request to leave, the connection stays, unused.
            if !server.requests.isEmpty { try await server.connectionsClosed() }
        }
        try await server.connectionsClosed()
    }

    @Test("counts the whole chain of redirects against one deadline")
    func chain() async throws {
        let gate = Gate()
        let server = try await ScriptedServer.start { request in
            request.target == "/1" ? [answer(302, "", fields: ["Location: /2"])] : [.hold(gate)]
        }
        try await withClient { [limits] client in
            let target = try local(server, "/1")
            await #expect(throws: OutboundError.timeout) {
                try await client.get(target, accept: "*/*", limits: limits)
            }
        }
        #expect(server.requests.count <= 2)
    }

    @Test("gives up on silence before the deadline")
    func silence() async throws {
        let server = try await ScriptedServer.start { _ in [.send("HTTP/1.1 200 OK\r\n")] }
        let settings = OutboundSettings.testing("127.0.0.1/32").with { $0.timeouts.silence = .milliseconds(200) }
        try await withClient(settings) { client in
            let target = try local(server)
            let started = ContinuousClock.now
            await #expect(throws: OutboundError.timeout) { try await client.get(target, accept: "*/*") }
            #expect(started.duration(to: .now) < .seconds(10))
        }
    }

    @Test("does not wait for a silent resolver")
    func silentResolver() async throws {
        let settings = OutboundSettings.testing().with { $0.timeouts.dns = .milliseconds(100) }
        try await withClient(settings, resolver: SilentResolver()) { client in
            let target = try uri("https://peer.test/")
            await #expect(throws: OutboundError.dns) { try await client.get(target, accept: "*/*") }
            await #expect(throws: OutboundError.dns) {
                try await client.send(to: target, contentType: "a/b", body: [])
            }
        }
    }

    @Test("says when a host does not exist or cannot be connected to")
    func unreachable() async throws {
        let closed = try await ScriptedServer.start().port
        try await withClient(resolver: NamedResolver(names: [:])) { client in
            let missing = try uri("https://peer.test/")
            await #expect(throws: OutboundError.noSuchHost) { try await client.get(missing, accept: "*/*") }
            let refused = try uri("http://peer.localhost:\(closed)/")
            await #expect(throws: OutboundError.connect) { try await client.get(refused, accept: "*/*") }
        }
    }

    @Test("ends with its task")
    func cancelled() async throws {
        let arrived = Gate()
        let server = try await ScriptedServer.start { _ in
            arrived.open()
            return []
        }
        try await withClient { client in
            let target = try local(server)
            let task = Task { try await client.get(target, accept: "*/*") }
            try await arrived.future.get()
            task.cancel()
            await #expect(throws: OutboundError.cancelled) { try await task.value }
            try await server.connectionsClosed()
        }
    }
}
