package import Foundation
package import JSONTree
package import Wire

/// An actor as other servers see it (ActivityPub section 4), with the mentoring profile where there is one.
package struct ActorDocument: Equatable, Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        case application = "Application", group = "Group", organization = "Organization", person = "Person",
            service = "Service"
    }

    package var id: URI
    package var kind: Kind
    package var username: String
    /// The handle's host where the actor names it itself (FEP-2c59), without `acct:`.
    package var webfinger: String?
    package var name: String
    /// HTML, as it came; plain text becomes paragraphs when written.
    package var summary: String
    package var url: URI?
    package var inbox: URI
    package var sharedInbox: URI?
    package var outbox: URI?
    package var followers: URI?
    package var following: URI?
    package var published: Date?
    package var keys: [KeyDocument]
    /// URIs of capabilities that the actor's server lists (FEP-844e).
    package var capabilities: [String]
    package var mentor: MentorDocument?

    package init(
        id: URI, kind: Kind, username: String, webfinger: String?, name: String, summary: String, url: URI?, inbox: URI,
        sharedInbox: URI?, outbox: URI?, followers: URI?, following: URI?, published: Date?, keys: [KeyDocument],
        capabilities: [String], mentor: MentorDocument?
    ) {
        self.id = id
        self.kind = kind
        self.username = username
        self.webfinger = webfinger
        self.name = name
        self.summary = summary
        self.url = url
        self.inbox = inbox
        self.sharedInbox = sharedInbox
        self.outbox = outbox
        self.followers = followers
        self.following = following
        self.published = published
        self.keys = keys
        self.capabilities = capabilities
        self.mentor = mentor
    }

    package var speaksMentoring: Bool { capabilities.contains(Vocabulary.mentoringCapability) || mentor != nil }
}

/// A public key as an actor publishes it.
package struct KeyDocument: Equatable, Sendable {
    package enum Material: Equatable, Sendable {
        /// `publicKeyPem` of `publicKey`: SPKI or PKCS#1 PEM.
        case pem(String)
        /// `publicKeyMultibase` of a Multikey (FEP-521a).
        case multibase(String)
    }

    package var id: URI
    package var owner: URI
    package var material: Material

    package init(id: URI, owner: URI, material: Material) {
        self.id = id
        self.owner = owner
        self.material = material
    }
}

// MARK: - Reading

extension ActorDocument {
    /// Reads an actor of any server; nil when it lacks what no exchange can do without: a known type, an id, a
    /// username and an inbox. Inboxes and keys at other origins than the actor's are left out, because nobody may
    /// point deliveries or trust at a third party.
    package init?(_ document: JSON) {
        guard document.object != nil, let kind = document.type.flatMap(Kind.init(rawValue:)),
            let id = document.id, let inbox = document.uri("inbox"),
            inbox.isSameOrigin(as: id), let username = document["preferredUsername"]?.string, Handle.isName(username)
        else { return nil }
        let terms = MentoringTerms(contextOf: document)
        let shared = (document["endpoints"] ?? .null).uri("sharedInbox") ?? document.uri("sharedInbox")
        let url = document.link("url")
        self.init(
            id: id, kind: kind, username: username, webfinger: document["webfinger"]?.string.flatMap { $0.utf8.count <= 512 ? $0 : nil },
            name: document.text("name", limit: 100) ?? "", summary: Self.summary(of: document),
            url: url.flatMap { $0.host == id.host ? $0 : nil }, inbox: inbox,
            sharedInbox: shared.flatMap { $0.isSameOrigin(as: id) ? $0 : nil }, outbox: document.uri("outbox"),
            followers: document.uri("followers"), following: document.uri("following"),
            published: document.date("published"), keys: KeyDocument.keys(of: document, owner: id),
            capabilities: Self.capabilities(of: document), mentor: MentorDocument(document, terms: terms))
    }

    /// Half of a document of HTML would be none: a summary of more than 100 KiB is left out.
    private static func summary(of document: JSON) -> String {
        document["summary"]?.string.flatMap { $0.utf8.count <= 102_400 ? $0 : nil } ?? ""
    }

    private static func capabilities(of document: JSON) -> [String] {
        document["generator"].list.prefix(5).flatMap { $0["implements"].list.prefix(50) }.compactMap {
            $0.string ?? $0["href"]?.string
        }
    }
}

extension KeyDocument {
    /// The keys that an actor document lists for its own actor at its own origin, at most 10.
    static func keys(of document: JSON, owner: URI) -> [KeyDocument] {
        let pems = document["publicKey"].list.prefix(10).compactMap { KeyDocument(pem: $0) }
        let multikeys = document["assertionMethod"].list.prefix(10).compactMap { KeyDocument(multikey: $0) }
        return (pems + multikeys).filter { $0.owner == owner && $0.id.isSameOrigin(as: owner) }
    }

    /// Bytes of a key's text.
    private static let longestMaterial = 16 * 1024

    private init?(pem key: JSON) {
        guard let id = key.id, let owner = key.uri("owner"),
            let pem = key["publicKeyPem"]?.string, pem.utf8.count <= Self.longestMaterial
        else { return nil }
        self.init(id: id, owner: owner, material: .pem(pem))
    }

    private init?(multikey key: JSON) {
        guard key.type == "Multikey", let id = key.id, let owner = key.uri("controller"),
            let multibase = key["publicKeyMultibase"]?.string, multibase.utf8.count <= Self.longestMaterial
        else { return nil }
        self.init(id: id, owner: owner, material: .multibase(multibase))
    }
}

// MARK: - Writing

extension ActorDocument {
    /// The document with its context.
    package var json: JSON {
        var object = JSON.Object()
        object["@context"] = Vocabulary.actorContext
        object["id"] = .string(id.string)
        object["type"] = .string(kind.rawValue)
        object["preferredUsername"] = .string(username)
        object["webfinger"] = webfinger.map { .string($0) }
        object["name"] = .string(name)
        object["summary"] = .string(summary)
        object["url"] = url.map { .string($0.string) }
        object["inbox"] = .string(inbox.string)
        object["outbox"] = outbox.map { .string($0.string) }
        object["followers"] = followers.map { .string($0.string) }
        object["following"] = following.map { .string($0.string) }
        object["endpoints"] = sharedInbox.map { ["sharedInbox": .string($0.string)] }
        object["manuallyApprovesFollowers"] = true
        object["discoverable"] = .bool(mentor != nil)
        object["indexable"] = false
        object["published"] = published.map { .string(DateTime.format($0)) }
        object["publicKey"] = keys.lazy.compactMap(\.publicKey).first
        object["assertionMethod"] = .array(keys.compactMap(\.multikey))
        object["generator"] = [
            "type": "Application",
            "implements": .array(capabilities.map { ["href": .string($0)] }),
        ]
        mentor?.write(to: &object)
        return .object(object)
    }
}

extension KeyDocument {
    fileprivate var publicKey: JSON? {
        guard case .pem(let pem) = material else { return nil }
        return ["id": .string(id.string), "owner": .string(owner.string), "publicKeyPem": .string(pem)]
    }

    fileprivate var multikey: JSON? {
        guard case .multibase(let text) = material else { return nil }
        return [
            "id": .string(id.string), "type": "Multikey", "controller": .string(owner.string),
            "publicKeyMultibase": .string(text),
        ]
    }
}
