import Foundation
import JSONTree
import Outbound
import PostgreSQL
import Synchronization
import Testing
import Wire

/// Somebody with an account and a token.
struct Person: Sendable {
    let name: String
    let handle: String
    let uri: String
    let token: String
}

/// One community: a `mentord serve` of its own on a loopback name of its own, which can be stopped, killed and started
/// again on the same data.
final class Community: Sendable {
    let name: String
    let port: Int
    let log = Log()
    private let data: String
    private let further: [String]
    private let program = Mutex<Program?>(nil)

    private init(name: String, further: [String]) throws {
        self.name = name
        self.further = further
        port = try FreePorts.next()
        data = Cleanup.makeFolder(name)
    }

    var host: String { "\(name).localhost:\(port)" }
    var origin: String { "http://\(host)" }

    /// A new community whose server runs.
    ///
    /// - Parameter further: settings of its own, as `name=value`.
    static func open(_ name: String, further: [String] = []) async throws -> Community {
        let community = try Community(name: name, further: further)
        do {
            try await community.start()
        } catch {
            await community.close()
            throw error
        }
        return community
    }

    /// Stops the server, which must end well, and removes everything.
    func close() async {
        let ending = await stop()
        if let ending, ending != .success { Issue.record("\(name) ended with \(ending):\n\(log.tail)") }
        Cleanup.remove(folder: data)
    }

    // MARK: - The server

    /// Starts the server and waits until it listens.
    func start() async throws {
        let first = log.count
        let started = try Program(["serve", "--until-input-ends"] + settings) { [log] in log.append($0) }
        program.withLock { $0 = started }
        try await eventually("\(name) listens", within: .seconds(60), lastSeen: { log.tail }) {
            guard !started.hasEnded else { throw ServerEnded(output: log.tail) }
            return log.entries("listening", after: first).isEmpty ? nil : ()
        }
    }

    var isRunning: Bool { program.withLock { $0?.hasEnded == false } }

    /// Sends SIGTERM and waits for the end, which is made by SIGKILL if it does not come; nil when no server runs.
    func stop() async -> Program.Ending? {
        guard let running = program.withLock({ $0.take() }) else { return nil }
        running.send(signal: SIGTERM)
        let hasEnded: Void? = try? await eventually("\(name) ends", within: .seconds(60)) {
            running.hasEnded ? () : nil
        }
        if hasEnded == nil { running.send(signal: SIGKILL) }
        return await running.waitForEnd()
    }

    /// Sends SIGKILL and waits for the end. The private cluster runs on.
    func kill() async {
        guard let running = program.withLock({ $0.take() }) else { return }
        running.send(signal: SIGKILL)
        _ = await running.waitForEnd()
    }

    /// Runs a command of the program on this community's data, beside the server if it runs.
    ///
    /// - Returns: what it printed.
    func run(_ command: [String]) async throws -> String {
        let result = try await Program.run(command + settings)
        guard result.ending == .success else { throw ServerEnded(output: result.errors) }
        return result.output
    }

    private var settings: [String] {
        [
            "origin=\(origin)", "listen=127.0.0.1:\(port)", "data=\(data)", "community.name=\(name)", "log.format=json",
            "delivery.pace=0.002", "limits.federation=0", "limits.requests=0",
            "mentees.asks=1000",
        ].flatMap { ["--set", $0] } + further.flatMap { ["--set", $0] }
    }

    // MARK: - Its people

    /// Opens an account and makes a token for it.
    func welcome(_ name: String) async throws -> Person {
        _ = try await run(["account", "create", name, "--name", name.capitalized, "--email", "\(name)@people.example"])
        let token = try await run(["token", "create", name, "--name", "scenario"])
        return Person(
            name: name, handle: "\(name)@\(host)", uri: "\(origin)/users/\(name)",
            token: token.trimmingCharacters(in: .whitespacesAndNewlines))
    }

    /// Somebody who takes requests of anyone, without a fee.
    func welcomeMentor(_ name: String) async throws -> Person {
        let person = try await welcome(name)
        try await post("/profile", as: person,
            [
                "bio": "I help with SQL and first jobs.", "expertise": ["sql"], "languages": ["en"],
                "zone": "Europe/Berlin", "offers": [["type": "pana_support"]], "published": true,
            ])
        return person
    }

    // MARK: - Its API

    // Paths are what follows `/api/mentoring`. Any status but 2xx is thrown as `Refused`, no answer as `Unanswered`.

    func get(_ path: String, as person: Person) async throws -> JSON {
        try await send(.get, path, as: person, .null)
    }

    @discardableResult
    func post(_ path: String, as person: Person, _ body: JSON) async throws -> JSON {
        try await send(.post, path, as: person, body)
    }

    @discardableResult
    func patch(_ path: String, as person: Person, _ body: JSON) async throws -> JSON {
        try await send(.patch, path, as: person, body)
    }

    private func send(
        _ method: OutgoingRequest.Method, _ path: String, as person: Person, _ body: JSON
    ) async throws -> JSON {
        let (uri, token) = (try uri("/api/mentoring\(path)"), BearerToken(text: person.token))
        let client = try Caller.client()
        let response: Response
        do throws(OutboundError) {
            response =
                switch method {
                case .get: try await client.get(uri, accept: "application/json", signer: token)
                default:
                    try await client.send(
                        method, to: uri, contentType: "application/json", body: body.serialized(), signer: token)
                }
        } catch {
            throw Unanswered(call: "\(method.rawValue) \(uri)", cause: error)
        }
        guard response.isSuccess else {
            throw Refused(status: response.status, text: String(decoding: response.body, as: UTF8.self))
        }
        return try JSON.parse(response.body)
    }

    func uri(_ path: String) throws -> URI {
        guard let uri = URI(origin + path) else { throw Refused(status: 0, text: path) }
        return uri
    }

    // MARK: - Its database

    /// Looks into the database, or prepares it, whether the server runs or not.
    func withDatabase<Success: Sendable>(_ body: (Pool) async throws -> Success) async throws -> Success {
        try await PrivateCluster.with(data + "/postgresql", role: .guest) { cluster in
            let pool = Pool(await cluster.settings, size: 1)
            do {
                let success = try await body(pool)
                await pool.close()
                return success
            } catch {
                await pool.close()
                throw error
            }
        }
    }
}

/// The server answered with something else than 2xx.
struct Refused: Error, CustomStringConvertible {
    let status: Int
    let text: String

    var description: String { "answered \(status): \(text)" }
}

/// No answer came.
struct Unanswered: Error {
    let call: String
    let cause: OutboundError
}

/// A server or a command ended where it should not.
struct ServerEnded: Error, CustomStringConvertible {
    let output: String

    var description: String { "mentord ended:\n\(output)" }
}

/// The HTTP client of all scenarios.
enum Caller {
    private static let shared = Result {
        var settings = OutboundSettings(
            version: "scenarios", origin: Origin(scheme: .http, host: "scenarios.localhost", port: 1),
            reachable: CIDR("127.0.0.1/32").map { [$0] } ?? [])
        settings.limits.perHost = 64
        return try GuardedClient(settings: settings)
    }

    static func client() throws -> GuardedClient { try shared.get() }
}

/// Puts a bearer token on a request.
private struct BearerToken: RequestSigner {
    let text: String

    func sign(_ request: OutgoingRequest) -> [(name: String, value: String)] {
        [("authorization", "Bearer \(text)")]
    }
}
