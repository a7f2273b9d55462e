import Foundation
import HTTPSignatures
import JSONTree
import PostgreSQL
import Social
import Store
import TestSupport
import Wire

@testable import Federation
@testable import Jobs

/// Ann and Max are of this community. Ben and Bea write from b, Eve, who means no good, from e.
struct SocialBench {
    let federation: TestFederation
    let ann: Actor
    let max: Actor
    let b: TestPeer
    let ben: PeerActor
    let bea: PeerActor
    let e: TestPeer
    let eve: PeerActor

    init(_ federation: TestFederation) async throws {
        self.federation = federation
        ann = try await federation.home.person("ann").actor
        max = try await federation.home.person("max").actor
        b = try await TestPeer.start("b")
        e = try await TestPeer.start("e")
        (ben, bea) = (try b.person("ben"), try b.person("bea"))
        eve = try e.person("eve")
    }

    var home: TestCommunity { federation.home }
    var desks: Desks { federation.desks }

    func known(_ peer: PeerActor) async throws -> Actor { try await federation.known(peer) }

    // MARK: What others send

    func activity(
        _ type: String, _ object: JSON, by actor: PeerActor, to: [String] = [], cc: [String] = [], id: String? = nil,
        target: URI? = nil
    ) -> JSON {
        [
            "@context": "https://www.w3.org/ns/activitystreams",
            "id": .string(id ?? "\(actor.uri.origin)/activities/\(UUID().uuidString)"), "type": .string(type),
            "actor": .string(actor.uri.string), "to": .strings(to), "cc": .strings(cc),
            "target": target.map { .string($0.string) }, "object": object,
        ]
    }

    /// A note for everybody, unless it says otherwise.
    func note(
        _ name: String = "1", by author: PeerActor, _ text: String = "Hello", answering parent: URI? = nil,
        to: [String] = [everybody], cc: [String] = [], with change: (inout JSON.Object) -> Void = { _ in }
    ) -> JSON {
        var note: JSON.Object = [
            "id": .string("\(author.uri.origin)/notes/\(name)"), "type": "Note",
            "attributedTo": .string(author.uri.string), "content": .string("<p>\(text)</p>"),
            "inReplyTo": parent.map { .string($0.string) }, "published": "2026-01-02T03:04:05Z", "to": .strings(to),
            "cc": .strings(cc),
        ]
        change(&note)
        return .object(note)
    }

    func create(_ note: JSON, by author: PeerActor) -> JSON {
        activity(
            "Create", note, by: author, to: note["to"].list.compactMap(\.string),
            cc: note["cc"].list.compactMap(\.string))
    }

    /// Delivers an activity, by default signed by the actor that it names.
    @discardableResult
    func deliver(_ activity: JSON, by actor: PeerActor) async throws -> Disposition? {
        let request = try actor.delivery(activity, to: federation.community)
        let answer = try await federation.inbox.receive(
            request, from: .loopback, at: Date(), logger: quietLogger)
        guard case .accepted(let disposition) = answer else { return nil }
        return disposition
    }

    /// Delivers a note in a Create.
    @discardableResult
    func publish(_ note: JSON, by author: PeerActor) async throws -> Disposition? {
        try await deliver(create(note, by: author), by: author)
    }

    static let everybody = "https://www.w3.org/ns/activitystreams#Public"

    // MARK: What is here

    func stored(_ name: String = "1", at peer: TestPeer? = nil) async throws -> Post? {
        try await home.database.storedPost(try (peer ?? b).address("/notes/\(name)"))
    }

    /// Who follows whom how far.
    func state(of follower: Actor, to followed: Actor) async throws -> Follow.State? {
        try await home.database.follow(by: follower.id, of: followed.id)?.state
    }

    func notified(_ person: Actor) async throws -> [String] {
        try await home.database.allNotifications(for: person.id, limit: 100).map(\.kind).reversed()
    }

    /// The activities that wait for somebody, in the order of writing.
    func mail(for peer: PeerActor) async throws -> [JSON] {
        try await mail().filter { $0.inbox == peer.inbox }.map(\.activity)
    }

    /// Every activity that waits, with its inbox, once those for followers have found them.
    func mail() async throws -> [(inbox: URI, activity: JSON)] {
        try await run([SpreadActivity(database: home.database, logger: quietLogger)])
        return try await home.database.rows(
            """
            select payload->>'inbox' as inbox, body from jobs
            join activities on activities.id::text = payload->>'activity' where jobs.kind = 'deliver' order by jobs.id
            """
        ).map { (try uri(try $0.get("inbox")), try json(try $0.get("body"))) }
    }

    // MARK: What is left for later

    /// Does what is due now and no delivery, until nothing is.
    ///
    /// - Returns: how many jobs were begun.
    @discardableResult
    func work() async throws -> Int {
        let find = desks.findPost(on: home.database, fetcher: federation.fetcher, actors: federation.remoteActors)
        return try await run([
            FetchPost(database: home.database, find: find, reactions: desks.reactions),
            FetchFeatured(database: home.database, find: find, reactions: desks.reactions),
            RefreshActor(database: home.database, actors: federation.remoteActors),
            FollowMove(database: home.database, actors: federation.remoteActors, relations: desks.relations),
            desks.pollTimer(on: home.database),
        ])
    }

    @discardableResult
    private func run(_ handlers: [any JobHandler]) async throws -> Int {
        var begun = 0
        while true {
            let jobs = try await due(handlers.map { type(of: $0).kind })
            guard !jobs.isEmpty else { return begun }
            for job in jobs {
                begun += 1
                guard let handler = handlers.first(where: { type(of: $0).kind == job.kind }) else { continue }
                try await JobQueue().finish([(job, await handler.run(job))], on: home.database)
            }
        }
    }

    /// Leases what a runner would take now.
    private func due(_ kinds: [String]) async throws -> [Job] {
        var book = LaneBook(capacity: 100, laneCapacity: 4)
        let now = ContinuousClock.now
        book.replace(with: try await JobQueue().waitingQueues(on: home.database), begunAt: now, now: now)
        return try await JobQueue().claim(
            book.requests(now: now), kinds: kinds, suspects: true, probeInterval: .seconds(900), on: home.database
        ).jobs
    }
}

extension JSON {
    var type: String? { self["type"]?.string }
}
