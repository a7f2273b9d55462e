import Foundation
import HTTPSignatures
import JSONTree
import Mentoring
import PostgreSQL
import Social
import Store
import TestSupport
import Wire

@testable import Federation

/// Noor is a mentor of ours; Mika and others write from servers of their own.
struct InboxBench {
    let federation: TestFederation
    let noor: Actor
    let peer: TestPeer
    let mika: PeerActor

    init(_ federation: TestFederation) async throws {
        self.federation = federation
        noor = try await federation.home.mentor("noor").actor
        peer = try await TestPeer.start()
        mika = try peer.person("mika")
    }

    /// An Invite as the profile writes it.
    func invite(_ name: String = "1", by actor: PeerActor? = nil, with change: (inout JSON.Object) -> Void = { _ in })
        -> JSON
    {
        let actor = actor ?? mika
        let origin = actor.uri.origin
        let start = Date.hence(days: 3)
        var event: JSON.Object = [
            "id": .string("\(origin)/sessions/\(name)"), "type": "Event", "attributedTo": .string(actor.uri.string),
            "name": "Mentoring session", "content": "<p>Hello</p>", "startTime": .string(DateTime.format(start)),
            "endTime": .string(DateTime.format(start.addingTimeInterval(1800))), "timezone": "Europe/Berlin",
            "to": [.string(noor.uri.string)], "mnt:state": "requested", "mnt:revision": 0,
            "mnt:sessionKind": "pana_support", "mnt:topic": "Portfolio",
        ]
        change(&event)
        return activity("Invite", "invite-\(name)", .object(event), by: actor)
    }

    func activity(
        _ type: String, _ name: String, _ object: JSON, by actor: PeerActor? = nil, to recipient: URI? = nil
    ) -> JSON {
        let actor = actor ?? mika
        return [
            "@context": "https://www.w3.org/ns/activitystreams",
            "id": .string("\(actor.uri.origin)/activities/\(name)"), "type": .string(type),
            "actor": .string(actor.uri.string), "to": [.string((recipient ?? noor.uri).string)], "object": object,
        ]
    }

    /// Delivers an activity, by default signed by the actor that wrote it.
    @discardableResult
    func deliver(_ activity: JSON, by actor: PeerActor? = nil, at now: Date = Date()) async throws -> Inbox.Answer {
        try await deliver(try (actor ?? mika).delivery(activity, to: federation.community, at: now), at: now)
    }

    @discardableResult
    func deliver(_ request: RequestMessage, at now: Date = Date(), from client: IPAddress = .loopback) async throws
        -> Inbox.Answer
    {
        try await federation.inbox.receive(request, from: client, at: now, logger: quietLogger)
    }

    func session(_ name: String = "1") async throws -> Session? {
        try await federation.home.database.session(.event(try peer.address("/sessions/\(name)")))
    }

    /// Of the mentor, about sessions.
    func notifications() async throws -> Int {
        try await federation.home.database.row("select count(*) as n from notifications where session_id is not null")?
            .get("n") ?? 0
    }
}
