import Foundation
import JSONTree
import PostgreSQL
import Testing

/// What an operator does about deliveries that do not get through.
extension Disturbed {
    @Suite struct QueueTests {
        @Test func operatorSeesWhyNothingArrivesAndSendsItOnItsWay() async throws {
            let pair = try await Pair.restored
            #expect(await pair.barrio.stop() == .success)
            let request = try await pair.ask()
            let host = pair.barrio.host
            let waiting = try await eventually("five failures close the host") {
                let hosts = try await pair.ateneo.queue(["hosts", host])
                return hosts.first { ($0["failures"]?.int ?? 0) >= 5 }
            }
            #expect(waiting["failure"]?.string == "connect")
            #expect(waiting["closed_until"]?.string != nil)

            let job = try #require(try await pair.ateneo.queue(["list", "--host", host]).first)
            let id = try #require(job["id"]?.string)
            #expect(job["kind"]?.string == "deliver")
            #expect(job["last"]?.string == "connect")
            let table = try await pair.ateneo.run(["queue", "list"]).split(separator: "\n")
            #expect(table.first?.hasPrefix("ID") == true)
            let line = try #require(table.first { $0.hasPrefix(id) })
            #expect(line.contains("  deliver ") && line.contains(" \(host)  "))
            #expect(line.hasSuffix("  connect"))
            let shown = try await pair.ateneo.run(["queue", "show", id])
            #expect(shown.contains("host      \(host)\n"))
            #expect(shown.split(separator: "\n").count { $0.hasSuffix("Z  connect") } >= 5)

            try await pair.ateneo.giveUpAll()
            #expect(try await pair.ateneo.queue(["list", "--dead"]).contains { $0["id"]?.string == id })
            try await pair.barrio.start()
            #expect(try await pair.ateneo.run(["queue", "retry", id]) == "1 to be tried again.\n")
            #expect(try await pair.ateneo.run(["queue", "retry", "--host", host]).hasSuffix(" to be tried again.\n"))

            try await pair.arrived(request).bothAre("pending")
            let after = try await eventually("the host is open") {
                try await pair.ateneo.queue(["hosts", host]).first { $0["state"]?.string == "open" }
            }
            #expect(after["failures"]?.int == 0)
            #expect(try await pair.ateneo.run(["queue", "list", "--host", host]).split(separator: "\n").count == 1)
        }

        @Test func operatorDropsWhatWaitsForAHost() async throws {
            let pair = try await Pair.restored
            #expect(await pair.barrio.stop() == .success)
            _ = try await pair.ask()
            #expect(await pair.ateneo.stop() == .success)
            #expect(try await pair.ateneo.run(["queue", "drop", "--host", pair.barrio.host]) == "1 dropped.\n")
            #expect(try await pair.ateneo.queue(["list", "--host", pair.barrio.host]).isEmpty)
            let unknown = try await Program.run(["queue", "retry"])
            #expect(unknown.errors.contains("Name one of these: a number, --host, --all-dead."))
        }
    }
}

extension Community {
    /// The lines of a queue command, as JSON.
    fileprivate func queue(_ command: [String]) async throws -> [JSON] {
        try await run(["queue"] + command + ["--json"]).split(separator: "\n").map { try JSON.parse(Array($0.utf8)) }
    }

    fileprivate func giveUpAll() async throws {
        try await eventually("nothing is being sent") {
            try await withDatabase { database in
                try await database.execute(
                    "update jobs set dead_at = now() where kind = 'deliver' and dead_at is null and lease is null")
            } == 1 ? () : nil
        }
    }
}
