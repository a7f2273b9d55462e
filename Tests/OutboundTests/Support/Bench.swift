import NIOCore
import NIOSSL
import Synchronization
import Wire

@testable import Outbound

/// Answers each look-up with the next of the scripted lists, and with the last one from then on. An empty list stands
/// for a resolver that fails.
final class ScriptedResolver: Resolver {
    private let answers: Mutex<[[String]]>
    private let asked = Mutex<[String]>([])

    convenience init(_ answers: [String]...) {
        self.init(answers)
    }

    init(_ answers: [[String]]) {
        self.answers = Mutex(answers)
    }

    var lookUps: [String] { asked.withLock { $0 } }

    func addresses(of host: String) async throws(OutboundError) -> [IPAddress] {
        asked.withLock { $0.append(host) }
        let next = answers.withLock { $0.count > 1 ? $0.removeFirst() : $0.first ?? [] }
        guard !next.isEmpty else { throw .dns }
        return next.compactMap { IPAddress($0) }
    }
}

/// Answers by name; other names do not exist.
struct NamedResolver: Resolver {
    let names: [String: [String]]

    func addresses(of host: String) async throws(OutboundError) -> [IPAddress] {
        guard let addresses = names[host] else { throw .noSuchHost }
        return addresses.compactMap { IPAddress($0) }
    }
}

/// A resolver that never answers.
struct SilentResolver: Resolver {
    func addresses(of host: String) async throws(OutboundError) -> [IPAddress] {
        try await Answer<[IPAddress]>().value()
    }
}

extension OutboundSettings {
    /// Settings of a server that may reach the given blocks, patient enough for a busy machine.
    static func testing(_ reachable: String...) -> OutboundSettings {
        var settings = OutboundSettings(
            version: "1.0", origin: Origin(scheme: .https, host: "own.test", port: 443),
            reachable: reachable.compactMap { CIDR($0) })
        settings.timeouts.dns = .seconds(30)
        settings.timeouts.connect = .seconds(30)
        settings.timeouts.silence = .seconds(30)
        return settings
    }

    func with(_ change: (inout OutboundSettings) -> Void) -> OutboundSettings {
        var copy = self
        change(&copy)
        return copy
    }
}

/// Runs the work with a client and shuts it down afterwards, so that every test also tests the shutdown.
@discardableResult
func withClient<Value>(
    _ settings: OutboundSettings = .testing("127.0.0.1/32"), trust: TrustRoots? = nil,
    resolver: any Resolver = ScriptedResolver([]), _ work: (GuardedClient) async throws -> Value
) async throws -> Value {
    let client = try GuardedClient(
        settings: settings, trust: try trust ?? TestCertificates.shared.get().authority, resolver: resolver)
    do {
        let value = try await work(client)
        await client.shutdown()
        return value
    } catch {
        await client.shutdown()
        throw error
    }
}

/// A URI of a server on 127.0.0.1 under a name below `localhost`.
func local(_ server: ScriptedServer, _ target: String = "/", host: String = "peer.localhost") throws -> URI {
    try uri("http://\(host):\(server.port)\(target)")
}

struct NotAURI: Error {
    let text: String
}

func uri(_ text: String) throws -> URI {
    guard let uri = URI(text) else { throw NotAURI(text: text) }
    return uri
}

/// A complete response with a body.
func answer(_ status: Int = 200, _ body: String = "{}", fields: [String] = []) -> ScriptedServer.Step {
    let head = ["HTTP/1.1 \(status) Status", "Content-Length: \(body.utf8.count)"] + fields
    return .send(head.joined(separator: "\r\n") + "\r\n\r\n" + body)
}

/// What an exchange ended with, for comparison in tables.
func outcome(_ exchange: () async throws(OutboundError) -> Response) async -> Result<Int, OutboundError> {
    do throws(OutboundError) {
        return .success(try await exchange().status)
    } catch {
        return .failure(error)
    }
}

/// A value that several tasks change.
final class Shared<Value: Sendable>: Sendable {
    private let mutex: Mutex<Value>

    init(_ value: Value) {
        mutex = Mutex(value)
    }

    var value: Value { mutex.withLock { $0 } }

    func change<Result: Sendable>(_ change: (inout Value) -> Result) -> Result {
        mutex.withLock { value in change(&value) }
    }
}
