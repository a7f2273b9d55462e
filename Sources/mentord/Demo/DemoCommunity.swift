import Foundation
import JSONTree
import Outbound
import PostgreSQL
import Social
import Wire

/// One community of the demonstration: a `mentord serve` of its own, on a loopback name of its own.
final class DemoCommunity: Sendable {
    let name: String
    let settings: [SettingKey: String]
    let guests: [FirstPeople.Guest]
    private let process: ServerProcess

    private init(name: String, settings: [SettingKey: String], guests: [FirstPeople.Guest], process: ServerProcess) {
        self.name = name
        self.settings = settings
        self.guests = guests
        self.process = process
    }

    var origin: String { settings[.origin] ?? "" }

    /// Opens the accounts, then starts the server and waits until it listens.
    static func open(
        _ name: String, port: Int, data: String, people: [FirstPeople.Person], transcript: Transcript
    ) async throws -> DemoCommunity {
        let host = "\(name.lowercased()).localhost"
        let overrides: [SettingKey: String] = [
            .origin: "http://\(host):\(port)", .listen: "127.0.0.1:\(port)", .data: "\(data)/\(name.lowercased())",
            .communityName: name, .logFormat: "json", .logLevel: "info", .deliveryPace: "0.05",
        ]
        let settings = try await Settings.load(overrides: overrides, file: nil)
        let guests = try await Storage.with(settings, role: .guest) { storage in
            try await FirstPeople(settings, storage.pool).invite(people, purpose: "demo")
        }
        let process = try ServerProcess(settings: overrides) { line in
            await transcript.note(line, from: name.lowercased())
        }
        try await process.waitUntilListening()
        return DemoCommunity(name: name, settings: overrides, guests: guests, process: process)
    }

    func close() async { await process.stop() }

    /// A call of this community's HTTP API by one of its people.
    func call(
        _ method: OutgoingRequest.Method, _ path: String, as guest: FirstPeople.Guest, _ body: JSON? = nil,
        over client: GuardedClient
    ) async throws -> JSON {
        guard let uri = URI("\(origin)/api/mentoring\(path)") else { throw DemoFailure.answer(0, path) }
        let signer = BearerSigner(token: guest.token)
        let response =
            method == .get
            ? try await client.get(uri, accept: "application/json", signer: signer)
            : try await client.send(
                method, to: uri, contentType: "application/json", body: body?.serialized() ?? [], signer: signer)
        guard response.isSuccess else {
            throw DemoFailure.answer(response.status, String(decoding: response.body, as: UTF8.self))
        }
        return try JSON.parse(response.body)
    }
}

/// Puts a bearer token on a request.
private struct BearerSigner: RequestSigner {
    let token: String

    func sign(_ request: OutgoingRequest) -> [(name: String, value: String)] {
        [("authorization", "Bearer \(token)")]
    }
}

/// Why the demonstration did not go as it should.
enum DemoFailure: Error, CustomStringConvertible {
    case answer(Int, String)
    case serverEnded(String)
    case disagreement(String)

    var description: String {
        switch self {
        case .answer(let status, let text): "The server answered \(status): \(text)"
        case .serverEnded(let output): "A server ended before it listened.\n\(output)"
        case .disagreement(let text): text
        }
    }
}
