import Foundation
import JSONTree
package import PostgreSQL
package import Social
import Store
package import WebServer
import Wire

/// What other servers ask first: who is behind a handle (RFC 7033), and what software this is (NodeInfo 2.0, 2.1).
package struct WellKnownRoutes: Sendable {
    private let database: Pool
    private let community: Community
    private let version: String

    package init(database: Pool, community: Community, version: String) {
        self.database = database
        self.community = community
        self.version = version
    }

    package var routes: [Route] {
        [
            Route(.get, "/.well-known/webfinger", access: .open) { try await webFinger($0) },
            Route(.get, "/.well-known/host-meta", access: .open) { _ in hostMeta },
            Route(.get, "/.well-known/host-meta.json", access: .open) { _ in hostMetaJSON },
            Route(.get, "/.well-known/nodeinfo", access: .open) { _ in nodeInfoLinks },
            Route(.get, "/nodeinfo/2.0", access: .open) { _ in try await nodeInfo("2.0") },
            Route(.get, "/nodeinfo/2.1", access: .open) { _ in try await nodeInfo("2.1") },
        ]
    }

    private func webFinger(_ exchange: Exchange) async throws -> Answer {
        guard let resource = exchange.query("resource"), !resource.isEmpty else {
            throw Problem.badRequest("Name a resource, for example ?resource=acct:noor@\(community.domain).")
        }
        guard let subject = WebFingerSubject(resource) else {
            throw Problem.badRequest("The resource must be acct:name@host or an address.")
        }
        guard let actor = try await actor(subject) else { throw Problem.notFound }
        guard actor.goneAt == nil else { throw Problem.gone }
        let page = actor.url ?? actor.uri
        let document: JSON = [
            "subject": .string("acct:\(actor.handle)"),
            "aliases": .strings(Set([page.string, actor.uri.string]).sorted()),
            "links": [
                ["rel": "self", "type": "application/activity+json", "href": .string(actor.uri.string)],
                [
                    "rel": "http://webfinger.net/rel/profile-page", "type": "text/html", "href": .string(page.string),
                ],
                [
                    "rel": "http://ostatus.org/schema/1.0/subscribe",
                    "template": .string(community.addresses.remoteInteraction),
                ],
                [
                    "rel": "https://w3id.org/fep/3b86/Object",
                    "template": .string(community.addresses.remoteInteraction.replacing("{uri}", with: "{object}")),
                ],
            ],
        ]
        return Answer.json(document, contentType: "application/jrd+json")
            .publicly(seconds: 3600)
    }

    private func actor(_ subject: WebFingerSubject) async throws -> Actor? {
        let addresses = community.addresses
        let place: Addresses.Place?
        switch subject {
        case .handle(let handle) where community.isOwn(domain: handle.domain):
            place = handle.name == community.origin.host ? .instanceActor : Username(handle.name).map { .actor($0) }
        case .address(let uri) where uri.origin == community.origin:
            place = uri.path.isEmpty || uri.path == "/" ? .instanceActor : addresses.place(of: uri)
        case .host(let host): place = community.isOwn(domain: host) ? .instanceActor : nil
        case .handle, .address: place = nil
        }
        switch place {
        case .actor(let name): return try await database.localActor(name)
        case .instanceActor: return try await database.actor(uri: addresses.instanceActor)
        case .session, .activity, .post, .postPage, .publication, .offer, nil: return nil
        }
    }

    /// Where questions about our people are answered (RFC 6415): for servers that look here first.
    private var lrdd: String { "\(community.origin)/.well-known/webfinger?resource={uri}" }

    private var hostMeta: Answer {
        let document = """
            <?xml version="1.0" encoding="UTF-8"?>
            <XRD xmlns="http://docs.oasis-open.org/ns/xri/xrd-1.0"><Link rel="lrdd" template="\(lrdd)"/></XRD>

            """
        return Answer(
            status: 200, fields: [("content-type", "application/xrd+xml; charset=utf-8")], body: Array(document.utf8)
        ).publicly(seconds: 3600)
    }

    private var hostMetaJSON: Answer {
        Answer.json(["links": [["rel": "lrdd", "template": .string(lrdd)]]], contentType: "application/jrd+json")
            .publicly(seconds: 3600)
    }

    private var nodeInfoLinks: Answer {
        let links = ["2.0", "2.1"].map { version -> JSON in
            [
                "rel": .string("http://nodeinfo.diaspora.software/ns/schema/\(version)"),
                "href": .string("\(community.origin)/nodeinfo/\(version)"),
            ]
        }
        let application: JSON = [
            "rel": "https://www.w3.org/ns/activitystreams#Application",
            "href": .string(community.addresses.instanceActor.string),
        ]
        return Answer.json(["links": .array(links + [application])]).publicly(seconds: 3600)
    }

    private func nodeInfo(_ schema: String) async throws -> Answer {
        var software: JSON.Object = ["name": "mentord", "version": .string(version)]
        if schema == "2.1" { software["homepage"] = .string(community.origin.description) }
        let document: JSON = [
            "version": .string(schema), "software": .object(software), "protocols": ["activitypub"],
            "services": ["inbound": [], "outbound": []], "openRegistrations": false,
            "usage": ["users": ["total": .int(try await database.accountCount())]],
            "metadata": ["nodeName": .string(community.name)],
        ]
        return Answer.json(
            document,
            contentType: "application/json; profile=\"http://nodeinfo.diaspora.software/ns/schema/\(schema)#\""
        ).publicly(seconds: 3600)
    }
}
