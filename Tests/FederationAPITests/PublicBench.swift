import ActivityStreams
import Federation
import FederationAPI
import Foundation
import HTTPSignatures
import JSONTree
import PostgreSQL
import Social
import Store
import TestSupport
import WebServer
import Wire

/// Ann's community as others see it over HTTP, and some who look: Ben follows her, Eve is whom she names, Pia asked to
/// follow, Zed is a stranger, and so are their servers.
struct PublicBench {
    let federation: TestFederation
    let ann: Actor
    let routes: [Route]
    let readers: [String: PeerActor]
    /// Kept, because they answer only as long as they are.
    private let peers: [TestPeer]

    var home: TestCommunity { federation.home }

    init(_ federation: TestFederation) async throws {
        self.federation = federation
        let home = federation.home
        ann = try await home.person("ann").actor
        let posts = PublishedPosts(database: home.database, community: home.community)
        let gate = federation.gate()
        routes =
            ActorRoutes(
                database: home.database, community: home.community,
                actors: LocalActors(database: home.database, community: home.community), posts: posts, gate: gate
            ) { .page("page of \($0.handle.name)") }.routes
            + PostRoutes(posts: posts, gate: gate) { .page("\($1.handle.name): \($0.content.html)") }.routes
            + WellKnownRoutes(database: home.database, community: home.community, version: "1.0").routes
        var readers: [String: PeerActor] = [:]
        var peers: [TestPeer] = []
        for name in ["ben", "eve", "pia", "zed"] {
            let peer = try await TestPeer.start(name)
            peers.append(peer)
            readers[name] = try peer.person(name)
            let server = PeerActor(
                uri: try peer.address("/actor"), name: "\(name).localhost", kind: .application,
                key: try TestKeys.rsa("server"))
            peer.serve(server.document.json, at: "/actor")
            readers["\(name)'s server"] = server
        }
        self.readers = readers
        self.peers = peers
        try await home.follow(ann, by: try await actor("ben"))
        try await home.follow(ann, by: try await actor("pia"), .pending)
    }

    /// A reader as the database knows them.
    func actor(_ name: String) async throws -> Actor {
        guard let peer = readers[name] else { throw UnreadableSample(text: name) }
        return try await federation.known(peer)
    }

    /// A GET as a server sends it, signed where somebody is named.
    func get(_ target: String, as reader: String? = nil, _ fields: [(name: String, value: String)] = []) async throws
        -> Answer
    {
        var fields = fields
        if !fields.contains(where: { $0.name == "accept" }) { fields.append(("accept", "application/activity+json")) }
        if let reader {
            guard let peer = readers[reader] else { throw UnreadableSample(text: reader) }
            let request = try peer.request("GET", target, of: federation.community)
            fields += request.fields.map { ($0.name.lowercased(), $0.value) }
        }
        return await routes.answer("GET", target, fields: fields)
    }

    /// The document that everybody gets.
    func document(_ target: String) async throws -> JSON {
        let answer = try await get(target)
        guard answer.status == 200 else { throw UnreadableSample(text: "\(target): \(answer.status)") }
        return try json(answer.text)
    }

    /// Everything of a collection, page by page, and how many pages there were.
    func all(of collection: String, page first: String) async throws -> (items: [JSON], pages: Int) {
        var (items, pages): ([JSON], Int) = ([], 0)
        var next: URI? = try uri(first)
        while let page = next, pages < 20 {
            let document = try await document(page.requestTarget)
            guard document["partOf"]?.string == collection else { throw UnreadableSample(text: page.string) }
            items += document["orderedItems"].list
            pages += 1
            next = document["next"]?.string.flatMap { URI($0) }
        }
        return (items, pages)
    }
}
