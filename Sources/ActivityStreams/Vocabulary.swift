package import JSONTree

/// Names of the vocabulary that this server speaks.
package enum Vocabulary {
    package static let activityStreams = "https://www.w3.org/ns/activitystreams"
    package static let security = "https://w3id.org/security/v1"
    /// The addressee that stands for everybody (ActivityPub section 5.6).
    package static let everybody = "https://www.w3.org/ns/activitystreams#Public"

    /// The namespace of the mentoring extension. Terms are written `mnt:term`.
    package static let mentoring = "https://w3id.org/mentoring/ns#"
    /// What a server lists among its capabilities (FEP-844e) when it understands mentoring sessions.
    package static let mentoringCapability = "https://w3id.org/mentoring/ns#v1"
    /// Listed likewise by servers that verify RFC 9421 signatures.
    package static let messageSignatures = "https://datatracker.ietf.org/doc/html/rfc9421"

    /// The context of everything about sessions, inlined because peers do not fetch unknown contexts.
    package static let sessionContext: JSON = [
        .string(activityStreams),
        [
            "mnt": .string(mentoring),
            "timezone": "https://w3id.org/fep/8a8e/timezone",
            "joinMode": "https://w3id.org/fep/8a8e/joinMode",
            "status": "http://www.w3.org/2002/12/cal/ical#status",
            "VirtualLocation": "https://schema.org/VirtualLocation",
            "maximumAttendeeCapacity": "https://schema.org/maximumAttendeeCapacity",
        ],
    ]

    /// The context of a community's directory of mentors, and of what it tells of them.
    package static let directoryContext: JSON = [.string(activityStreams), ["mnt": .string(mentoring)]]

    /// The context of posts and of what is done with them.
    package static let postContext: JSON = [
        .string(activityStreams),
        [
            "ostatus": "http://ostatus.org#",
            "toot": "http://joinmastodon.org/ns#",
            "litepub": "http://litepub.social/ns#",
            "sensitive": "as:sensitive",
            "Hashtag": "as:Hashtag",
            "Emoji": "toot:Emoji",
            "conversation": "ostatus:conversation",
            "directMessage": "litepub:directMessage",
            "votersCount": "toot:votersCount",
            "blurhash": "toot:blurhash",
            "focalPoint": ["@id": "toot:focalPoint", "@container": "@list"],
            "quote": ["@id": "https://w3id.org/fep/044f#quote", "@type": "@id"],
            "quoteUrl": "as:quoteUrl",
            "_misskey_quote": "https://misskey-hub.net/ns#_misskey_quote",
            "approvedBy": ["@id": "https://gotosocial.org/ns#approvedBy", "@type": "@id"],
            "timezone": "https://w3id.org/fep/8a8e/timezone",
            "status": "http://www.w3.org/2002/12/cal/ical#status",
            "VirtualLocation": "https://schema.org/VirtualLocation",
        ],
    ]

    package static let actorContext: JSON = [
        .string(activityStreams), .string(security),
        [
            "mnt": .string(mentoring),
            "toot": "http://joinmastodon.org/ns#",
            "schema": "http://schema.org#",
            "sec": "https://w3id.org/security#",
            "PropertyValue": "schema:PropertyValue",
            "value": "schema:value",
            "Hashtag": "as:Hashtag",
            "Emoji": "toot:Emoji",
            "manuallyApprovesFollowers": "as:manuallyApprovesFollowers",
            "discoverable": "toot:discoverable",
            "indexable": "toot:indexable",
            "suspended": "toot:suspended",
            "memorial": "toot:memorial",
            "featured": ["@id": "toot:featured", "@type": "@id"],
            "alsoKnownAs": ["@id": "as:alsoKnownAs", "@type": "@id"],
            "movedTo": ["@id": "as:movedTo", "@type": "@id"],
            "webfinger": "https://purl.archive.org/socialweb/webfinger#webfinger",
            "implements": ["@id": "https://w3id.org/fep/844e/implements", "@type": "@id", "@container": "@list"],
            "assertionMethod": ["@id": "sec:assertionMethod", "@type": "@id", "@container": "@set"],
            "Multikey": "sec:Multikey",
            "controller": ["@id": "sec:controller", "@type": "@id"],
            "publicKeyMultibase": "sec:publicKeyMultibase",
        ],
    ]

    /// Whether an addressee stands for everybody, in any spelling that servers use.
    package static func isEverybody(_ addressee: String) -> Bool {
        addressee == everybody || addressee == "as:Public" || addressee == "Public"
    }
}
