import Foundation
import JSONTree
import PostgreSQL
import Synchronization

/// The mentord that is measured, with the settings of a small community, and the means to start and stop it.
final class ServerUnderTest: Sendable {
    let origin: String
    let port: Int
    private let program: String
    private let workshop: Workshop
    private let settings: [String]
    private let environment: [String: String]
    private let process = Mutex<Child?>(nil)

    private init(
        program: String, workshop: Workshop, origin: String, port: Int, settings: [String],
        environment: [String: String]
    ) {
        self.program = program
        self.workshop = workshop
        self.origin = origin
        self.port = port
        self.settings = settings
        self.environment = environment
    }

    static func prepare(
        _ program: String, in workshop: Workshop, trusting certificates: Certificates
    ) async throws -> ServerUnderTest {
        let port = try await FreePort.find()
        let origin = "http://home.localhost:\(port)"
        var settings = [
            "origin=\(origin)", "listen=127.0.0.1:\(port)", "data=\(workshop.data)", "community.name=Home",
        ]
        // Three hundred hosts below one domain bring more than a server lets one domain bring, and one program asks
        // more than it lets one program ask.
        let known = try await Child.run([program, "settings"], in: workshop).split(separator: "\n")
        for limit in ["limits.federation", "limits.requests"] where known.contains(where: { $0.hasPrefix(limit + " ") })
        {
            settings.append("\(limit)=0")
        }
        if known.contains(where: { $0.hasPrefix("mentees.asks ") }) { settings.append("mentees.asks=1000") }
        return ServerUnderTest(
            program: program, workshop: workshop, origin: origin, port: port,
            settings: settings.flatMap { ["--set", $0] }, environment: ["SSL_CERT_FILE": certificates.authorityFile])
    }

    // MARK: - The process

    /// Starts the server.
    ///
    /// - Returns: how long it took until it could do its work.
    @discardableResult
    func start() async throws -> Duration {
        let path = workshop.folder + "/server.log"
        guard FileManager.default.createFile(atPath: path, contents: nil), let log = FileHandle(forWritingAtPath: path)
        else {
            throw BenchFailure.refused("The file \(path) cannot be made.")
        }
        let begin = ContinuousClock.now
        let child = try await Child.start(
            [program, "serve", "--until-input-ends"] + settings, output: log, environment: environment, in: workshop)
        process.withLock { $0 = child }
        while ContinuousClock.now - begin < .seconds(60) {
            if let answer = try? await call("GET", "/health/ready"), answer.status == 200 {
                return ContinuousClock.now - begin
            }
            guard kill(child.id, 0) == 0 else { break }
            try await Task.sleep(for: .milliseconds(2))
        }
        let output = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        throw BenchFailure.program("mentord serve", status: -1, output: String(output.suffix(4000)))
    }

    /// Asks the server to finish and waits until it has.
    func stop() async throws {
        guard let child = process.withLock({ $0.take() }) else { return }
        child.send(signal: SIGTERM)
        let status = await child.waitForEnd()
        guard status == 0 else { throw BenchFailure.program("mentord serve", status: status, output: "") }
    }

    /// The number of its process; 0 when it does not run.
    var processID: pid_t { process.withLock { $0?.id ?? 0 } }

    /// What it and its database have taken of the processors so far.
    var processorTime: ProcessorTime { ProcessorTime(server: processID, postmaster: postmaster) }

    private var postmaster: pid_t {
        let file = try? String(contentsOfFile: cluster + "/cluster/postmaster.pid", encoding: .utf8)
        return file?.split(separator: "\n").first.flatMap { pid_t($0) } ?? 0
    }

    // MARK: - Its commands and routes

    /// Runs a command of the program beside the server.
    ///
    /// - Returns: what it printed.
    @discardableResult
    func command(_ arguments: [String]) async throws -> String {
        try await Child.run([program] + arguments + settings, environment: environment, in: workshop)
    }

    @discardableResult
    func call(_ method: String, _ path: String, token: String? = nil, _ body: JSON? = nil) async throws -> HTTPAnswer {
        var head = "\(method) \(path) HTTP/1.1\r\nhost: home.localhost:\(port)\r\nconnection: close\r\n"
        if let token { head += "authorization: Bearer \(token)\r\n" }
        let content = body?.serializedText() ?? ""
        if body != nil { head += "content-type: application/json\r\ncontent-length: \(content.utf8.count)\r\n" }
        return try await HTTPCall.make(head + "\r\n" + content, port: port)
    }

    // MARK: - Its database

    private var cluster: String { workshop.data + "/postgresql" }

    /// Runs `body` with the server's database. The cluster stays up meanwhile, whatever becomes of the server.
    func withDatabase<Success: Sendable>(_ body: (Pool) async throws -> Success) async throws -> Success {
        try await PrivateCluster.with(cluster, role: .guest) { cluster in
            var settings = await cluster.settings
            settings.statementTimeout = .seconds(300)
            let pool = Pool(settings, size: 1)
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

    /// How the programs of PostgreSQL reach the cluster as its superuser.
    func administratorURL() async throws -> String {
        try await PrivateCluster.with(cluster, role: .guest) { await $0.administratorSettings.url }
    }

    /// A program of PostgreSQL in the version of the cluster.
    func clusterProgram(_ name: String) throws -> String {
        let version = try String(contentsOfFile: cluster + "/cluster/PG_VERSION", encoding: .utf8)
        let path = "/usr/lib/postgresql/\(version.trimmingCharacters(in: .whitespacesAndNewlines))/bin/\(name)"
        return FileManager.default.isExecutableFile(atPath: path) ? path : name
    }
}
