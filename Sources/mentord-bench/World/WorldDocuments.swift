import JSONTree

/// What the peers serve about their people, in the size and shape of Mastodon's documents.
extension World.Person {
    var actorDocument: JSON {
        [
            "@context": [
                "https://www.w3.org/ns/activitystreams", "https://w3id.org/security/v1",
                [
                    "manuallyApprovesFollowers": "as:manuallyApprovesFollowers", "toot": "http://joinmastodon.org/ns#",
                    "featured": ["@id": "toot:featured", "@type": "@id"],
                    "featuredTags": ["@id": "toot:featuredTags", "@type": "@id"],
                    "alsoKnownAs": ["@id": "as:alsoKnownAs", "@type": "@id"],
                    "movedTo": ["@id": "as:movedTo", "@type": "@id"], "schema": "http://schema.org#",
                    "PropertyValue": "schema:PropertyValue", "value": "schema:value",
                    "discoverable": "toot:discoverable", "suspended": "toot:suspended", "memorial": "toot:memorial",
                    "indexable": "toot:indexable", "focalPoint": ["@container": "@list", "@id": "toot:focalPoint"],
                ],
            ],
            "id": .string(uri), "type": "Person", "following": .string("\(uri)/following"),
            "followers": .string("\(uri)/followers"), "inbox": .string("\(uri)/inbox"),
            "outbox": .string("\(uri)/outbox"), "featured": .string("\(uri)/collections/featured"),
            "preferredUsername": .string(name), "name": .string("Eva of \(host)"),
            "summary": "<p>I write about software, <a href=\"https://example.com\">gardens</a> and trains.</p>",
            "url": .string("https://\(host)/@\(name)"), "manuallyApprovesFollowers": false, "discoverable": true,
            "indexable": true, "published": "2022-11-05T00:00:00Z", "memorial": false,
            "publicKey": [
                "id": .string(keyID), "owner": .string(uri), "publicKeyPem": .string(publicPEM),
            ],
            "tag": [],
            "attachment": [
                ["type": "PropertyValue", "name": "Site", "value": "<a href=\"https://example.com\">example.com</a>"],
                ["type": "PropertyValue", "name": "Town", "value": "Panama"],
            ],
            "endpoints": ["sharedInbox": .string("https://\(host)/inbox")],
            "icon": [
                "type": "Image", "mediaType": "image/png",
                "url": .string("https://\(host)/system/accounts/avatars/\(name).png"),
            ],
        ]
    }

    var webFinger: JSON {
        [
            "subject": .string("acct:\(name)@\(host)"),
            "links": [["rel": "self", "type": "application/activity+json", "href": .string(uri)]],
        ]
    }
}
