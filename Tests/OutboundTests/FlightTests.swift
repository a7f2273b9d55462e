import Dispatch
import NIOCore
import Testing
import Wire

@testable import Outbound

@Suite(.serialized, .timeLimit(.minutes(1)))
struct FlightTests {
    /// Starts so many exchanges that hang, returns when they all have arrived, and lets them end after the work.
    private func withHanging(
        _ count: Int, settings: OutboundSettings = .testing("127.0.0.1/32"), host: @escaping @Sendable (Int) -> String,
        _ work: (GuardedClient, ScriptedServer) async throws -> Void
    ) async throws {
        let gate = Gate()
        let arrivals = Shared(0)
        let allArrived = Gate()
        let server = try await ScriptedServer.start { request in
            if request.target == "/hang" {
                if arrivals.change({
                    $0 += 1
                    return $0
                }) == count {
                    allArrived.open()
                }
                return [.hold(gate), answer()]
            }
            return [answer()]
        }
        try await withClient(settings) { client in
            try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<count {
                    let target = try local(server, "/hang", host: host(number))
                    group.addTask { try await client.get(target, accept: "*/*").status }
                }
                try await allArrived.future.get()
                try await work(client, server)
                gate.open()
                for try await status in group { #expect(status == 200) }
            }
        }
        try await server.connectionsClosed()
    }

    @Test("has at most four exchanges with a host, and counts waiting against the deadline")
    func perHost() async throws {
        try await withHanging(4, host: { _ in "sick.localhost" }) { client, server in
            let fifth = try local(server, "/5", host: "sick.localhost")
            await #expect(throws: OutboundError.timeout) {
                try await client.get(fifth, accept: "*/*", limits: ExchangeLimits(total: .milliseconds(300)))
            }
            #expect(server.requests.count == 4)
            let other = try local(server, "/other", host: "well.localhost")
            let response = try await client.get(other, accept: "*/*")
            #expect(response.status == 200)
        }
    }

    @Test("has 128 exchanges at once if nothing else is said, and no more")
    func usual() async throws {
        try await withHanging(128, host: { "sick\($0).localhost" }) { client, server in
            let next = try local(server, "/next", host: "well.localhost")
            await #expect(throws: OutboundError.timeout) {
                try await client.get(next, accept: "*/*", limits: ExchangeLimits(total: .milliseconds(300)))
            }
            #expect(server.requests.count == 128)
        }
    }

    @Test("has at most so many exchanges altogether")
    func global() async throws {
        let settings = OutboundSettings.testing("127.0.0.1/32").with { $0.limits.global = 3 }
        try await withHanging(3, settings: settings, host: { "sick\($0).localhost" }) { client, server in
            let next = try local(server, "/next", host: "well.localhost")
            await #expect(throws: OutboundError.timeout) {
                try await client.get(next, accept: "*/*", limits: ExchangeLimits(total: .milliseconds(300)))
            }
            #expect(server.requests.count == 3)
        }
    }

    @Test("serves a well host while a hundred are sick")
    func sickHosts() async throws {
        try await withHanging(100, host: { "sick\($0).localhost" }) { client, server in
            let started = ContinuousClock.now
            let target = try local(server, "/well", host: "well.localhost")
            let response = try await client.get(target, accept: "*/*")
            #expect(response.status == 200)
            #expect(started.duration(to: .now) < .seconds(1))
        }
    }

    @Test("remembers a bounded number of hosts")
    func boundedMemory() async throws {
        let server = try await ScriptedServer.start { _ in [answer()] }
        let settings = OutboundSettings.testing("127.0.0.1/32").with { $0.limits.idleOrigins = 5 }
        let lanes = Lanes(
            template: .init(
                certificates: [], policy: AddressPolicy(reachable: settings.reachable), timeouts: settings.timeouts,
                limits: settings.limits, open: DispatchGroup()))
        for number in 0..<50 {
            let origin = Origin(scheme: .https, host: "host\(number).test", port: 443)
            try await lanes.withLane(to: origin) { _ in }
        }
        #expect(lanes.count == 5)
        try await withClient(settings) { client in
            for number in 0..<20 {
                let target = try local(server, host: "host\(number).localhost")
                let response = try await client.get(target, accept: "*/*")
                #expect(response.status == 200)
            }
        }
        try await server.connectionsClosed()
    }

    @Test("closes every connection on shutdown and refuses work from then on")
    func shutdown() async throws {
        let server = try await ScriptedServer.start { _ in [answer()] }
        let client = try GuardedClient(
            settings: .testing("127.0.0.1/32"), trust: try TestCertificates.shared.get().authority)
        let target = try local(server)
        let response = try await client.get(target, accept: "*/*")
        #expect(response.status == 200)
        await client.shutdown()
        try await server.connectionsClosed()
        await #expect(throws: OutboundError.shutDown) { try await client.get(target, accept: "*/*") }
        await client.shutdown()
    }

    @Test("waits on shutdown for exchanges in flight")
    func shutdownWaits() async throws {
        let arrived = Gate()
        let gate = Gate()
        let server = try await ScriptedServer.start { _ in
            arrived.open()
            return [.hold(gate), answer()]
        }
        let client = try GuardedClient(
            settings: .testing("127.0.0.1/32"), trust: try TestCertificates.shared.get().authority)
        let target = try local(server)
        let order = Shared<[String]>([])
        async let status = {
            let status = try await client.get(target, accept: "*/*").status
            order.change { $0.append("response") }
            return status
        }()
        try await arrived.future.get()
        async let stopped: Void = {
            await client.shutdown()
            order.change { $0.append("shutdown") }
        }()
        gate.open()
        #expect(try await status == 200)
        await stopped
        try await server.connectionsClosed()
        #expect(order.value.count == 2)
    }
}
