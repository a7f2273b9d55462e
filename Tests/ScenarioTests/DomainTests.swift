import Foundation
import JSONTree
import Outbound
import Testing
import Wire

/// Communities that let others read only when they sign, and what their operators decide about each other.
@Suite(.serialized)
struct DomainTests {
    /// Two communities with settings of their own, closed however the body ends.
    private func withPair(_ further: [String], _ body: (Pair) async throws -> Void) async throws {
        async let first = Community.open("quito", further: further)
        async let second = Community.open("lima", further: further)
        let (quito, lima) = try await (first, second)
        let result = await Result {
            let (mika, noor) = (try await quito.welcome("mika"), try await lima.welcomeMentor("noor"))
            try await body(Pair(ateneo: quito, barrio: lima, mika: mika, noor: noor))
        }
        await quito.close()
        await lima.close()
        try result.get()
    }

    private func status(_ address: String, accept: String) async throws -> Int {
        guard let uri = URI(address) else { throw Refused(status: 0, text: address) }
        return try await Caller.client().get(uri, accept: accept).status
    }

    private func status(_ address: String, signedWith key: StolenKey) async throws -> Int {
        guard let uri = URI(address) else { throw Refused(status: 0, text: address) }
        return try await Caller.client().get(uri, accept: "application/activity+json", signer: key).status
    }

    @Test("Two servers that read only what is signed for them begin from nothing; a block between them holds at once (A17)")
    func secureModeAndBlock() async throws {
        try await withPair(["federation.secure=on"]) { pair in
            try await pair.agreed("Signed")
            let lima = pair.barrio
            #expect(try await status(pair.noor.uri, accept: "application/activity+json") == 401)
            #expect(try await status(pair.noor.uri, accept: "text/html") == 200)
            #expect(try await status("\(lima.origin)/actor", accept: "application/activity+json") == 200)

            let preview = try await lima.run(["domain", "block", "quito.localhost", "--dry-run"])
            #expect(preview.contains("1 open sessions"))
            #expect(try await lima.run(["domain", "list"]).isEmpty)
            let seen = pair.ateneo.log.count
            _ = try await lima.run(["domain", "block", "Quito.LOCALHOST.", "--reason", "a test", "--author", "ana"])
            let rule = try JSON.parse(try await lima.run(["domain", "list", "--json"]))
            #expect(rule["domain"]?.string == "quito.localhost")
            #expect(rule["kind"]?.string == "block")
            #expect(rule["reason"]?.string == "a test")
            #expect(rule["author"]?.string == "ana")
            let key = try await pair.ateneo.stealKey(of: pair.mika)
            try await eventually("the block holds") { try await status(pair.noor.uri, signedWith: key) == 403 }

            _ = try await pair.ask("Blocked")
            try await eventually("the request is refused") {
                pair.ateneo.log.entries("sent", after: seen).contains { $0["status"]?.string == "403" }
            }
            #expect(try await lima.sessions(of: pair.noor).count == 1)
            _ = try await lima.run(["domain", "remove", "quito.localhost"])
            try await eventually("the block ends") { try await status(pair.noor.uri, signedWith: key) == 200 }
            _ = try await pair.asked("Let in again")
        }
    }

    @Test("Where only listed domains are let in, one that comes waits until somebody lets it in (K02)")
    func allowlist() async throws {
        try await withPair(["federation.mode=allowlist"]) { pair in
            _ = try await pair.ateneo.run(["domain", "allow", "lima.localhost"])
            // Discovery goes both ways: Lima refuses the fetch that Quito signs, and notes who asked.
            await #expect(throws: Refused.self) { try await pair.ask("Too early") }
            let waiting = try await eventually("Quito waits in Lima") { () -> JSON? in
                // A rule holds in a running server within two seconds; until then Quito itself does not ask.
                _ = try? await pair.ask("Too early")
                let lines = try await pair.barrio.run(["domain", "list", "--json"])
                return lines.isEmpty ? nil : try JSON.parse(lines)
            }
            #expect(waiting["domain"]?.string == "quito.localhost")
            #expect(waiting["kind"]?.string == "waits")
            _ = try await pair.barrio.run(["domain", "allow", "quito.localhost"])
            _ = try await eventually("Quito is let in") { try? await pair.ask("In time") }
        }
    }

    @Test("A setting that cannot be used is named when the server starts")
    func settings() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "no-such-\(UUID().uuidString)").path
        for (settings, named) in [
            (["federation.mode=half"], "federation.mode"), (["federation.secure=yes"], "federation.secure"),
            (["limits.federation=-1"], "limits.federation"), (["proxy.trusted=10.0.0.1"], "proxy.trusted"),
            (["origin=https://a.example", "tls.certificate=/x.pem"], "tls.key"),
            (["origin=https://a.example", "tls.key=/x.key"], "tls.certificate"),
            (["tls.certificate=/x.pem", "tls.key=/x.key"], "tls.certificate"),
        ] {
            let arguments = (settings + ["data=\(folder)"]).flatMap { ["--set", $0] }
            let result = try await Program.run(["account", "list"] + arguments)
            #expect(result.ending != .success, "\(named)")
            #expect(result.errors.contains("'\(named)'"), "\(result.errors)")
        }
    }
}
