import Foundation
import Keys

/// One run: the world is built once, the parts follow each other on the same data.
struct Bench {
    let workshop: Workshop
    let program: String
    let scale: Scale
    let part: Part?

    func run() async throws -> Report {
        guard FileManager.default.isExecutableFile(atPath: program) else { throw BenchFailure.notBuilt(program) }
        var report = Report()
        tell("building a world of \(World.hosts) hosts with \(World.hosts * World.perHost) people")
        let certificates = try await Certificates.make(in: workshop)
        let peers = try await PeerServer.start(certificates)
        let world = try World(port: peers.port)
        peers.serve(world)
        let server = try await ServerUnderTest.prepare(program, in: workshop, trusting: certificates)
        try await server.start()
        let home = try await Home.settle(on: server)

        try await server.withDatabase { database in
            let stage = Stage(server: server, database: database, peers: peers, world: world, home: home, scale: scale)
            if part == nil || part == .inbox || part == .delivery {
                report += try await MachineLimits(server: server, workshop: workshop).measure()
            }
            if part == nil || part == .inbox { report += try await InboxMeasurement(stage: stage).measure() }
            if part == nil || part == .delivery {
                report += try await DeliveryMeasurement(stage: stage).measure()
                report += try await ExpansionMeasurement(stage: stage).measure()
            }
            if part == nil || part == .memory { report += try await MemoryMeasurement(stage: stage).measure() }
            if part == nil || part == .reading { report += try await ReadingMeasurement(stage: stage).measure() }
        }
        // Outside of the above: as long as somebody uses the cluster, it is not started anew.
        try await server.stop()
        if part == nil || part == .start { report += try await StartMeasurement(server: server).measure() }
        await peers.stop()
        return report
    }
}

/// Why a run is worth nothing.
enum BenchFailure: Error, CustomStringConvertible {
    case notBuilt(String)
    /// A program that this one runs ended otherwise than well.
    case program(String, status: Int32, output: String)
    /// What it printed is not what is known of it.
    case unreadable(String, output: String)
    case refused(String)
    case stalled(String)
    /// Acknowledged, but not there.
    case lost(String)

    var description: String {
        switch self {
        case .notBuilt(let path): "There is no program at \(path). Build mentord first, or name it with --mentord."
        case .program(let name, let status, let output): "'\(name)' ended with status \(status):\n\(output)"
        case .unreadable(let name, let output): "'\(name)' printed what cannot be read:\n\(output)"
        case .refused(let text): text
        case .stalled(let text): "Nothing moves any more: \(text)"
        case .lost(let text): "Acknowledged, but lost: \(text)"
        }
    }
}

/// Says what is being done, beside the result on standard output.
func tell(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data("mentord-bench: \(text) ...\n".utf8))
}
