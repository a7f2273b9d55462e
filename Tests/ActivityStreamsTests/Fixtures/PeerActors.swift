/// Actor documents in the shapes in which other servers publish them.
enum PeerActors {
    static let mastodon = #"""
        {"@context":["https://www.w3.org/ns/activitystreams","https://w3id.org/security/v1",
        {"manuallyApprovesFollowers":"as:manuallyApprovesFollowers","toot":"http://joinmastodon.org/ns#",
        "featured":{"@id":"toot:featured","@type":"@id"},"featuredTags":{"@id":"toot:featuredTags","@type":"@id"},
        "alsoKnownAs":{"@id":"as:alsoKnownAs","@type":"@id"},"movedTo":{"@id":"as:movedTo","@type":"@id"},
        "schema":"http://schema.org#","PropertyValue":"schema:PropertyValue","value":"schema:value",
        "discoverable":"toot:discoverable","suspended":"toot:suspended","memorial":"toot:memorial",
        "indexable":"toot:indexable","attributionDomains":{"@id":"toot:attributionDomains","@type":"@id"},
        "focalPoint":{"@container":"@list","@id":"toot:focalPoint"}}],
        "id":"https://m.example/users/Tomas","type":"Person","following":"https://m.example/users/Tomas/following",
        "followers":"https://m.example/users/Tomas/followers","inbox":"https://m.example/users/Tomas/inbox",
        "outbox":"https://m.example/users/Tomas/outbox","featured":"https://m.example/users/Tomas/collections/featured",
        "featuredTags":"https://m.example/users/Tomas/collections/tags","preferredUsername":"Tomas","name":"Tomás &amp; co",
        "summary":"\u003cp\u003eLearning SQL.\u003c/p\u003e","url":"https://m.example/@Tomas",
        "manuallyApprovesFollowers":false,"discoverable":true,"indexable":false,"published":"2016-03-16T00:00:00Z",
        "memorial":false,"attributionDomains":[],
        "publicKey":{"id":"https://m.example/users/Tomas#main-key","owner":"https://m.example/users/Tomas",
        "publicKeyPem":"-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n"},
        "tag":[],"attachment":[{"type":"PropertyValue","name":"Site","value":"\u003ca href=\"https://t.example\"\u003et\u003c/a\u003e"}],
        "endpoints":{"sharedInbox":"https://m.example/inbox"},
        "icon":{"type":"Image","mediaType":"image/png","url":"https://files.m.example/avatar.png"}}
        """#

    static let goToSocial = #"""
        {"@context":["https://www.w3.org/ns/activitystreams","https://w3id.org/security/v1",
        {"discoverable":"http://joinmastodon.org/ns#discoverable","featured":{"@id":"http://joinmastodon.org/ns#featured","@type":"@id"},
        "manuallyApprovesFollowers":"as:manuallyApprovesFollowers"}],
        "discoverable":true,"featured":"https://gts.example/users/ines/collections/featured",
        "followers":"https://gts.example/users/ines/followers","following":"https://gts.example/users/ines/following",
        "id":"https://gts.example/users/ines","inbox":"https://gts.example/users/ines/inbox",
        "manuallyApprovesFollowers":true,"name":"Ines","outbox":"https://gts.example/users/ines/outbox",
        "preferredUsername":"ines","publicKey":{"id":"https://gts.example/users/ines/main-key",
        "owner":"https://gts.example/users/ines","publicKeyPem":"-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n"},
        "published":"2022-05-20T11:09:18.345Z","summary":"","tag":[],"type":"Person","url":"https://gts.example/@ines"}
        """#

    /// What GoToSocial shows of an actor to whom it does not know: at the actor's and at the key's address.
    static let goToSocialStub = #"""
        {"@context":["https://w3id.org/security/v1","https://www.w3.org/ns/activitystreams"],
        "id":"https://gts.example/users/ines","preferredUsername":"ines","publicKey":{
        "id":"https://gts.example/users/ines/main-key","owner":"https://gts.example/users/ines",
        "publicKeyPem":"-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n"},"type":"Person"}
        """#

    static let misskey = #"""
        {"@context":["https://www.w3.org/ns/activitystreams","https://w3id.org/security/v1",
        {"Key":"sec:Key","manuallyApprovesFollowers":"as:manuallyApprovesFollowers","sensitive":"as:sensitive",
        "misskey":"https://misskey-hub.net/ns#","_misskey_content":"misskey:_misskey_content","isCat":"misskey:isCat",
        "vcard":"http://www.w3.org/2006/vcard/ns#"}],
        "type":"Person","id":"https://mk.example/users/9xkd02jf","inbox":"https://mk.example/users/9xkd02jf/inbox",
        "outbox":"https://mk.example/users/9xkd02jf/outbox","followers":"https://mk.example/users/9xkd02jf/followers",
        "following":"https://mk.example/users/9xkd02jf/following","featured":"https://mk.example/users/9xkd02jf/collections/featured",
        "sharedInbox":"https://mk.example/inbox","endpoints":{"sharedInbox":"https://mk.example/inbox"},
        "url":"https://mk.example/@lua","preferredUsername":"lua","name":null,
        "summary":"<p><span>just me<br>and cats</span></p>","_misskey_summary":"just me\nand cats","icon":null,"image":null,
        "backgroundUrl":null,"tag":[],"manuallyApprovesFollowers":false,"discoverable":true,
        "publicKey":{"id":"https://mk.example/users/9xkd02jf#main-key","type":"Key","owner":"https://mk.example/users/9xkd02jf",
        "publicKeyPem":"-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n"},"isCat":true,"vcard:bday":"2000-01-01"}
        """#

    static let pleroma = #"""
        {"@context":["https://www.w3.org/ns/activitystreams","https://p.example/schemas/litepub-0.1.jsonld",{"@language":"und"}],
        "alsoKnownAs":[],"attachment":[],"capabilities":{"acceptsChatMessages":true},"discoverable":false,
        "endpoints":{"oauthAuthorizationEndpoint":"https://p.example/oauth/authorize","sharedInbox":"https://p.example/inbox",
        "uploadMedia":"https://p.example/api/ap/upload_media"},"featured":"https://p.example/users/kai/collections/featured",
        "followers":"https://p.example/users/kai/followers","following":"https://p.example/users/kai/following",
        "icon":{"type":"Image","url":"https://p.example/media/a.png"},"id":"https://p.example/users/kai",
        "inbox":"https://p.example/users/kai/inbox","manuallyApprovesFollowers":false,"name":"kai",
        "outbox":"https://p.example/users/kai/outbox","preferredUsername":"kai","publicKey":{
        "id":"https://p.example/users/kai#main-key","owner":"https://p.example/users/kai",
        "publicKeyPem":"-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n\n"},
        "summary":"hello","tag":[{"type":"Emoji","name":":blob:","icon":{"type":"Image","url":"https://p.example/emoji/blob.png"}}],
        "type":"Person","url":"https://p.example/users/kai","vcard:bday":null,"webfinger":"acct:kai@p.example"}
        """#

    static let friendica = #"""
        {"@context":["https://www.w3.org/ns/activitystreams","https://w3id.org/security/v1",
        {"ostatus":"http://ostatus.org#","vcard":"http://www.w3.org/2006/vcard/ns#","dfrn":"http://purl.org/macgirvin/dfrn/1.0/",
        "diaspora":"https://diasporafoundation.org/ns/","litepub":"http://litepub.social/ns#","toot":"http://joinmastodon.org/ns#",
        "schema":"http://schema.org#","manuallyApprovesFollowers":"as:manuallyApprovesFollowers","Hashtag":"as:Hashtag",
        "directMessage":"litepub:directMessage","discoverable":"toot:discoverable","PropertyValue":"schema:PropertyValue",
        "value":"schema:value"}],
        "id":"https://f.example/profile/ana","diaspora:guid":"f5d8fbd2-1666-d8a8-4f2d-000000000000","type":"Organization",
        "following":"https://f.example/following/ana","followers":"https://f.example/followers/ana",
        "inbox":"https://f.example/inbox/ana","outbox":"https://f.example/outbox/ana","preferredUsername":"ana","name":"Ana",
        "vcard:hasAddress":{"@type":"vcard:Home","vcard:country-name":"","vcard:region":"","vcard:locality":""},
        "summary":"<b>Bold</b> &amp; kind","vcard:hasInstantMessage":"","url":"https://f.example/profile/ana",
        "manuallyApprovesFollowers":true,"discoverable":true,"publicKey":{"id":"https://f.example/profile/ana#main-key",
        "owner":"https://f.example/profile/ana","publicKeyPem":"-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----"},
        "endpoints":{"sharedInbox":"https://f.example/inbox"},"icon":{"type":"Image","url":"https://f.example/photo/ana.jpg"},
        "tag":[],"generator":{"type":"Application","name":"Friendica 'Interrupted Fern' 2024.12","url":"https://f.example"}}
        """#

    static let mobilizonGroup = #"""
        {"@context":["https://www.w3.org/ns/activitystreams","https://litepub.social/context.jsonld",
        {"mz":"https://joinmobilizon.org/ns#","members":{"@id":"mz:members","@type":"@id"},"openness":{"@id":"mz:openness"}}],
        "discoverable":true,"discussions":"https://mz.example/@circle/discussions",
        "endpoints":{"discussions":"https://mz.example/@circle/discussions","events":"https://mz.example/@circle/events",
        "members":"https://mz.example/@circle/members","sharedInbox":"https://mz.example/inbox"},
        "events":"https://mz.example/@circle/events","followers":"https://mz.example/@circle/followers",
        "following":"https://mz.example/@circle/following","id":"https://mz.example/@circle","image":null,
        "inbox":"https://mz.example/@circle/inbox","manuallyApprovesFollowers":false,"memberCount":3,
        "members":"https://mz.example/@circle/members","name":"Circle","openness":"moderated",
        "outbox":"https://mz.example/@circle/outbox","preferredUsername":"circle",
        "publicKey":{"id":"https://mz.example/@circle#main-key","owner":"https://mz.example/@circle",
        "publicKeyPem":"-----BEGIN RSA PUBLIC KEY-----\nMIIB\n-----END RSA PUBLIC KEY-----\n\n"},
        "published":"2021-01-27T13:38:45Z","summary":null,"type":"Group","url":"https://mz.example/@circle"}
        """#
}
