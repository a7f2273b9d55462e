package import JSONTree
import Wire

extension ActorDocument {
    /// Reads an actor of any server; nil when it lacks what no exchange can do without: a known type, an id, a
    /// username and an inbox. Inboxes and keys at other origins than the actor's are left out, because nobody may
    /// point deliveries or trust at a third party.
    package init?(_ document: JSON) {
        guard document.object != nil, let kind = document.knownType(Kind.self),
            let id = document.id, let inbox = document.uri("inbox"),
            inbox.isSameOrigin(as: id), let username = document["preferredUsername"]?.string, Handle.isName(username)
        else { return nil }
        let terms = MentoringTerms(contextOf: document)
        let shared = (document["endpoints"] ?? .null).uri("sharedInbox") ?? document.uri("sharedInbox")
        let url = document.link("url")
        let tags = Tags(document)
        self.init(
            id: id, kind: kind, username: username,
            webfinger: document["webfinger"]?.string.flatMap { $0.utf8.count <= 512 ? $0 : nil },
            name: document.title("name", limit: 100) ?? "", summary: Self.summary(of: document),
            url: url.flatMap { $0.host == id.host ? $0 : nil }, inbox: inbox,
            sharedInbox: shared.flatMap { $0.isSameOrigin(as: id) ? $0 : nil }, outbox: document.uri("outbox"),
            followers: document.uri("followers"), following: document.uri("following"),
            published: document.date("published"), keys: KeyDocument.keys(of: document, owner: id),
            capabilities: Self.capabilities(of: document), mentor: MentorDocument(document, terms: terms),
            updated: document.date("updated"), icon: ImageDocument(document["icon"]),
            image: ImageDocument(document["image"]),
            fields: Self.fields(of: document), hashtags: tags.hashtags, emojis: tags.emojis,
            aliases: document["alsoKnownAs"].list.prefix(Self.mostAliases).compactMap(\.uri),
            movedTo: document.uri("movedTo"),
            manuallyApprovesFollowers: document["manuallyApprovesFollowers"]?.bool ?? false,
            isDiscoverable: document["discoverable"]?.bool ?? false, isIndexable: document["indexable"]?.bool ?? false,
            isSuspended: document["suspended"]?.bool ?? false, isMemorial: document["memorial"]?.bool ?? false,
            featured: document.uri("featured"), directory: terms.value("directory", of: document)?.uri)
    }

    package static let mostFields = 16
    package static let mostAliases = 16

    /// The table of a profile among whatever else is attached. A field whose value is too long to keep is left out.
    private static func fields(of document: JSON) -> [Field] {
        let fields = document["attachment"].list.prefix(100).lazy.compactMap { attachment -> Field? in
            guard attachment.type == "PropertyValue" || attachment.type == "schema:PropertyValue",
                let name = attachment.line("name", limit: 255), let value = attachment["value"]?.string,
                value.utf8.count <= 5000
            else { return nil }
            return Field(name: name, value: value)
        }
        return Array(fields.prefix(mostFields))
    }

    /// Half of a document of HTML would be none: a summary of more than 100 KiB is left out.
    private static func summary(of document: JSON) -> String {
        let mapped = document["summaryMap"]?.object?.lazy.compactMap(\.value.string).first
        return (document["summary"]?.string ?? mapped).flatMap { $0.utf8.count <= 102_400 ? $0 : nil } ?? ""
    }

    private static func capabilities(of document: JSON) -> [String] {
        document["generator"].list.prefix(5).flatMap { $0["implements"].list.prefix(50) }.compactMap {
            $0.string ?? $0["href"]?.string
        }
    }
}
