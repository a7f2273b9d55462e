package import ActivityStreams
package import Foundation
package import HTTPSignatures
package import JSONTree
package import Keys
package import Social
import Synchronization
package import Wire

/// Another community's server, spoken to over HTTP at `http://<name>.localhost:<port>`.
package final class TestPeer: Sendable {
    package let origin: Origin
    private let server: LoopbackServer
    private let pages: Pages

    private final class Pages: Sendable {
        let replies = Mutex<[String: LoopbackServer.Reply]>([:])
    }

    private init(_ name: String, _ server: LoopbackServer, _ pages: Pages) {
        self.server = server
        self.pages = pages
        origin = Origin(scheme: .http, host: "\(name).localhost", port: server.port)
    }

    package static func start(_ name: String = "b") async throws -> TestPeer {
        let pages = Pages()
        let server = try await LoopbackServer.start { request in
            pages.replies.withLock { $0[request.target] } ?? .init(404)
        }
        return TestPeer(name, server, pages)
    }

    package func address(_ target: String) throws -> URI { try uri("\(origin)\(target)") }

    /// Serves a document at a path with its query.
    package func serve(_ document: JSON, at target: String, as type: String = "application/activity+json") {
        answer(.init(200, fields: [("content-type", type)], body: document.serialized()), at: target)
    }

    package func answer(_ reply: LoopbackServer.Reply, at target: String) {
        pages.replies.withLock { $0[target] = reply }
    }

    /// What was asked, of all paths or of one.
    package func requests(_ target: String? = nil) -> [LoopbackServer.Request] {
        server.requests.filter { target == nil || $0.target == target }
    }

    /// A person here whose actor document and WebFinger are served; the key is that of the name in ``TestKeys``.
    package func person(_ name: String, key: String? = nil) throws -> PeerActor {
        let actor = PeerActor(
            uri: try address("/users/\(name)"), name: name, kind: .person, key: try TestKeys.rsa(key ?? name))
        serve(actor.document.json, at: "/users/\(name)")
        serve(
            [
                "subject": .string("acct:\(name)@\(origin.authority)"),
                "links": [
                    ["rel": "self", "type": "application/activity+json", "href": .string(actor.uri.string)]
                ],
            ],
            at: "/.well-known/webfinger?resource=acct:\(name)@\(origin.authority)", as: "application/jrd+json")
        return actor
    }
}

/// Somebody on another server who can sign.
package struct PeerActor: Sendable {
    package let uri: URI
    package let name: String
    package let kind: ActorDocument.Kind
    package let key: PrivateKey
    package var keyID: URI

    package init(uri: URI, name: String, kind: ActorDocument.Kind, key: PrivateKey, keyID: URI? = nil) {
        self.uri = uri
        self.name = name
        self.kind = kind
        self.key = key
        self.keyID = keyID ?? URI("\(uri)#main-key") ?? uri
    }

    package var inbox: URI { collection("inbox") }

    /// An address below the actor's own.
    package func collection(_ name: String) -> URI { URI("\(uri)/\(name)") ?? uri }

    package var document: ActorDocument {
        ActorDocument(
            id: uri, kind: kind, username: name, webfinger: nil, name: name.capitalized, summary: "", url: nil,
            inbox: inbox, sharedInbox: nil, outbox: nil, followers: collection("followers"), following: nil,
            published: nil,
            keys: [KeyDocument(id: keyID, owner: uri, material: .pem(key.publicKey.spkiPEM))],
            capabilities: [Vocabulary.mentoringCapability], mentor: nil, featured: collection("featured"))
    }

    /// A request to a community, signed by this actor as most servers sign.
    package func request(
        _ method: String = "POST", _ target: String, of community: Community, body: [UInt8]? = nil,
        at now: Date = Date()
    ) throws -> RequestMessage {
        let type = "application/activity+json"
        let content = body.map { OutgoingRequest.Content(type: type, bytes: $0) }
        let signed = try RequestSigner(keyID: keyID, key: key).fields(
            for: OutgoingRequest(
                method: method, uri: try TestSupport.uri("\(community.origin)\(target)"), content: content), at: now)
        var fields = [HeaderField(name: "host", value: community.domain)] + signed
        if content != nil { fields.append(HeaderField(name: "content-type", value: type)) }
        return RequestMessage(method: method, target: target, fields: fields, body: body ?? [])
    }

    /// An activity of this actor, delivered to the shared inbox.
    package func delivery(_ activity: JSON, to community: Community, at now: Date = Date()) throws -> RequestMessage {
        try request("POST", "/inbox", of: community, body: activity.serialized(), at: now)
    }
}
