import ActivityStreams
import Foundation
import JSONTree
import Keys
import PostgreSQL
import Social
import Store
import TestSupport
import Testing
import UseCases
import Wire

@testable import Federation
@testable import Jobs

/// The community b with its own actor and a directory, as its server tells them; our own community follows it, and it
/// agrees.
struct DirectoryBench {
    let bench: SocialBench
    let b: PeerActor
    let ours: Actor

    var home: TestCommunity { bench.home }
    var peer: TestPeer { bench.b }
    var neighbours: Neighbours { bench.desks.neighbours }

    init(_ federation: TestFederation) async throws {
        bench = try await SocialBench(federation)
        b = try Self.community(at: bench.b)
        ours = try #require(
            try await federation.home.database.actor(uri: federation.community.addresses.instanceActor))
    }

    /// The own actor of the community at a peer, served there with its directory's address.
    static func community(at peer: TestPeer) throws -> PeerActor {
        let actor = PeerActor(
            uri: try peer.address("/actor"), name: peer.origin.host, kind: .application, key: try TestKeys.rsa("server"))
        var document = actor.document
        document.directory = try peer.address("/actor/directory")
        peer.serve(document.json, at: "/actor")
        return actor
    }

    var directory: URI { get throws { try peer.address("/actor/directory") } }

    /// Wants to follow it; with an answer it agrees, or not.
    func follow(answered answer: String? = "Accept") async throws {
        let other = try await bench.known(b)
        let address = try directory
        try await home.database.transaction { try await neighbours.follow(other, directory: address, in: $0) }
        guard let answer else { return }
        let follow = try #require(try await home.database.follow(by: ours.id, of: other.id))
        let stub: JSON = [
            "id": .string(follow.uri.string), "type": "Follow", "actor": .string(ours.uri.string),
            "object": .string(b.uri.string),
        ]
        #expect(try await bench.deliver(bench.activity(answer, stub, by: b), by: b) == .applied)
    }

    /// Serves somebody with a mentor profile, or one that is withdrawn.
    @discardableResult
    func mentor(_ name: String, knows tags: [String] = ["sql"], published: Bool = true) throws -> URI {
        let person = try peer.person(name)
        var document = person.document
        if published {
            document.mentor = MentorDocument(
                isOpen: true, expertise: tags, languages: ["en"], zone: "UTC", acceptsRequestsFrom: "anyone", offers: [])
        }
        peer.serve(document.json, at: "/users/\(name)")
        return person.uri
    }

    /// Serves the directory on pages.
    func serve(_ pages: [[URI]], revision: Int? = 0, updated: String? = "2026-01-02T03:04:05Z") throws {
        let address = try directory
        peer.serve(
            [
                "@context": Vocabulary.directoryContext, "id": .string(address.string), "type": "OrderedCollection",
                "mnt:revision": revision.map { .int($0) }, "totalItems": .int(pages.joined().count),
                "first": .string("\(address)?page=1"),
            ], at: "/actor/directory")
        for (index, mentors) in pages.enumerated() {
            let next = index + 1 < pages.count ? JSON.string("\(address)?page=\(index + 2)") : nil
            peer.serve(
                [
                    "@context": "https://www.w3.org/ns/activitystreams", "id": .string("\(address)?page=\(index + 1)"),
                    "type": "OrderedCollectionPage", "partOf": .string(address.string), "next": next,
                    "orderedItems": .array(
                        mentors.map { mentor in
                            ["id": .string(mentor.string), "type": "Person", "updated": updated.map { .string($0) }]
                        }),
                ], at: "/actor/directory?page=\(index + 1)")
        }
    }

    /// What b tells of a mentor.
    @discardableResult
    func tell(_ kind: String, _ mentor: URI, revision: Int? = nil, by actor: PeerActor? = nil, target: URI? = nil)
        async throws -> Disposition?
    {
        var activity = bench.activity(
            kind, .string(mentor.string), by: actor ?? b, to: [SocialBench.everybody],
            target: try target ?? directory)
        if let revision, case .object(var object) = activity {
            object["@context"] = Vocabulary.directoryContext
            object["mnt:revision"] = .int(revision)
            activity = .object(object)
        }
        return try await bench.deliver(activity, by: actor ?? b)
    }

    /// Does what is left to be asked of b, as long as it asks for more.
    func read(patience: Duration = .seconds(20)) async throws {
        let other = try await bench.known(b)
        let handler = ReadDirectory(
            database: home.database, reader: DirectoryReader(fetcher: bench.federation.fetcher),
            actors: bench.federation.remoteActors,
            times: NextTimes(database: home.database, fetcher: bench.federation.fetcher), patience: patience, pause: 0, logger: quietLogger)
        for _ in 0..<10 {
            let job = Job(
                id: 0, kind: ReadDirectory.kind, payload: ["neighbour": .string(String(other.id.rawValue))], lane: "",
                priority: 0, attempts: 1, createdAt: Date(), laneFailures: 0, isProbe: false, sequence: nil, deaths: 0,
                lease: UUID())
            if case .done = await handler.run(job) { return }
        }
        Issue.record("the reading does not end")
    }

    /// Names of those who are found here.
    func found() async throws -> [String] {
        try await home.database.mentors(MentorSearch(home: .elsewhere, withPaused: true, limit: 40))
            .map(\.actor.handle.name).sorted()
    }

    func neighbour() async throws -> Neighbour? { try await home.database.neighbour(try await bench.known(b).id) }

    func report() async throws -> ExchangeReport? {
        let host = peer.origin.authority
        return try await home.database.exchanges(of: ours.id).first { $0.host == host }
    }
}
