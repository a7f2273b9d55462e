import Foundation

/// What the machine can do at most, measured in the same run: the figures of the server are shares of it.
struct MachineLimits {
    let server: ServerUnderTest
    let workshop: Workshop

    func measure() async throws -> Report {
        tell("measuring the machine")
        let inserts = try await durableInserts()
        let cores = ProcessInfo.processInfo.activeProcessorCount
        let signatures = try Self.signatures(
            in: await Child.run(["openssl", "speed", "-seconds", "3", "rsa2048"], in: workshop))
        return Report([
            .rate(.inserts, "durable one-row inserts, 16 connections", inserts),
            .rate(.signatures, "RSA-2048 signatures, \(cores) cores", signatures * Double(cores)),
        ])
    }

    /// One row a transaction, each on disk before it is acknowledged, into the cluster that the server uses.
    private func durableInserts() async throws -> Double {
        let script = workshop.folder + "/insert.sql"
        try "insert into bench_inserts (body) values (repeat('x', 200));\n".write(
            toFile: script, atomically: true, encoding: .utf8)
        let database = try await server.administratorURL()
        let run = { (arguments: [String]) in
            _ = try await Child.run([try server.clusterProgram("psql"), "-qX", database] + arguments, in: workshop)
        }
        try await run(["-c", "create table bench_inserts (id bigserial primary key, body text not null)"])
        let load = ["-n", "-M", "prepared", "-c", "16", "-j", "2", "-T", "5", "-f", script]
        let output = try await Child.run(
            [try server.clusterProgram("pgbench")] + load + [database],
            environment: ["PGOPTIONS": "-c synchronous_commit=on"], in: workshop)
        try await run(["-c", "drop table bench_inserts"])
        return try Self.inserts(in: output)
    }

    /// The transactions per second that `pgbench` prints.
    static func inserts(in output: String) throws(BenchFailure) -> Double {
        let line = output.split(separator: "\n").first { $0.hasPrefix("tps = ") }
        guard let rate = line?.split(separator: " ").dropFirst(2).first.flatMap({ Double($0) }) else {
            throw .unreadable("pgbench", output: output)
        }
        return rate
    }

    /// The signatures per second in the last line that `openssl speed rsa2048` prints.
    static func signatures(in output: String) throws(BenchFailure) -> Double {
        let words = output.split(separator: "\n").last { $0.hasPrefix("rsa 2048 bits") }?.split(separator: " ") ?? []
        guard words.count >= 2, let rate = Double(words[words.count - 2]) else {
            throw .unreadable("openssl speed", output: output)
        }
        return rate
    }
}
