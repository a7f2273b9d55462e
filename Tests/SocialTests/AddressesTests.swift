import Foundation
import Social
import Testing
import Wire

private let addresses = Addresses(origin: Origin(scheme: .https, host: "a.example", port: 443))

@Suite struct AddressesTests {
    private let id = UUID()

    @Test func readsWhatItWrites() throws {
        let ana = try #require(Username("ana"))
        let written: [(URI, Addresses.Place)] = [
            (addresses.actor(ana), .actor(ana)), (addresses.profilePage(ana), .actor(ana)),
            (addresses.mainKey(of: addresses.actor(ana)), .actor(ana)),
            (addresses.ed25519Key(of: addresses.instanceActor), .instanceActor),
            (addresses.instanceActor, .instanceActor), (addresses.session(id), .session(id)),
            (addresses.activity(id), .activity(id)), (addresses.post(id), .post(id)),
            (addresses.publication(of: addresses.post(id)), .publication(id)),
            (addresses.postPage(PostID(rawValue: 7), by: ana), .postPage(PostID(rawValue: 7))),
        ]
        for (uri, place) in written {
            #expect(addresses.place(of: uri) == place)
        }
    }

    @Test func writesTheLayoutThatOthersRemember() throws {
        let noor = addresses.actor(try #require(Username("noor")))
        let session = try #require(UUID(uuidString: "0B0C2B7A-6B51-4B0A-8F5E-2F6F0A9D4C11"))
        #expect(noor.string == "https://a.example/users/noor")
        #expect(addresses.inbox(of: noor).string == "https://a.example/users/noor/inbox")
        #expect(addresses.outbox(of: noor).string == "https://a.example/users/noor/outbox")
        #expect(addresses.followers(of: noor).string == "https://a.example/users/noor/followers")
        #expect(addresses.following(of: noor).string == "https://a.example/users/noor/following")
        #expect(addresses.mainKey(of: noor).string == "https://a.example/users/noor#main-key")
        #expect(addresses.sharedInbox.string == "https://a.example/inbox")
        #expect(addresses.instanceActor.string == "https://a.example/actor")
        #expect(addresses.featured(of: noor).string == "https://a.example/users/noor/featured")
        #expect(addresses.post(session).string == "https://a.example/posts/0b0c2b7a-6b51-4b0a-8f5e-2f6f0a9d4c11")
        #expect(addresses.publication(of: addresses.post(session)).path.hasSuffix("0a9d4c11/activity"))
        #expect(addresses.replies(to: addresses.post(session)).path.hasSuffix("0a9d4c11/replies"))
        #expect(addresses.vote(addresses.activity(session)).fragment == "vote")
        #expect(addresses.remoteInteraction == "https://a.example/authorize_interaction?uri={uri}")
        #expect(addresses.session(session).string == "https://a.example/sessions/0b0c2b7a-6b51-4b0a-8f5e-2f6f0a9d4c11")
    }

    @Test("lives at its origin, whatever its port", arguments: [
        ("http", "localhost", 8420, "http://localhost:8420/actor"), ("https", "a.example", 8443, "https://a.example:8443/actor"),
        ("https", "a.example", 443, "https://a.example/actor"),
    ])
    func origins(scheme: String, host: String, port: Int, actor: String) throws {
        let origin = Origin(scheme: try #require(URI.Scheme(rawValue: scheme)), host: host, port: port)
        #expect(Addresses(origin: origin).instanceActor.string == actor)
    }

    @Test("other spellings of the origin are the origin", arguments: [
        "https://A.EXAMPLE/actor", "https://a.example:443/actor", "https://a.example./actor", "HTTPS://a.example/actor",
    ])
    func spellingsOfTheOrigin(text: String) throws {
        #expect(addresses.place(of: try #require(URI(text))) == .instanceActor)
    }

    @Test("nothing else is a place", arguments: [
        "https://b.example/users/ana", "http://a.example/users/ana", "https://a.example:8443/users/ana",
        "https://a.example.b.example/users/ana", "https://a.example", "https://a.example/", "https://a.example//",
        "https://a.example/users", "https://a.example/users/", "https://a.example/users/ana/", "https://a.example//users/ana",
        "https://a.example/users//ana", "https://a.example/users/Ana", "https://a.example/users/ana/inbox",
        "https://a.example/users/%61na", "https://a.example/users/ana%2finbox", "https://a.example/users/..",
        "https://a.example/users/../actor", "https://a.example/x/../users/ana", "https://a.example/./actor",
        "https://a.example/users/ana?x", "https://a.example/users/ana?", "https://a.example/users/ana;x", "https://a.example/@",
        "https://a.example/@Ana", "https://a.example/@@ana", "https://a.example/@ana@b.example", "https://a.example/@ana/",
        "https://a.example/@Ana/1", "https://a.example/@ana/01", "https://a.example/@ana/-1", "https://a.example/@ana/x",
        "https://a.example/@ana/0", "https://a.example/@ana/+1", "https://a.example/@ana/99999999999999999999",
        "https://a.example/actor/", "https://a.example/Actor", "https://a.example/actor/inbox",
        "https://a.example/users/abcdefghijklmnopqrstuvwxyz_01234", "https://a.example/sessions/",
        "https://a.example/sessions/1", "https://a.example/sessions/0B0C2B7A-6B51-4B0A-8F5E-2F6F0A9D4C11",
        "https://a.example/sessions/0b0c2b7a6b514b0a8f5e2f6f0a9d4c11",
        "https://a.example/sessions/0b0c2b7a-6b51-4b0a-8f5e-2f6f0a9d4c11/",
        "https://a.example/sessions/0b0c2b7a-6b51-4b0a-8f5e-2f6f0a9d4c11/room",
        "https://a.example/sessions/{0b0c2b7a}", "https://a.example/activities/0b0c2b7a-6b51-4b0a-8f5e-2f6f0a9d4c1g",
        "https://a.example/posts/", "https://a.example/posts/1", "https://a.example/posts/0B0C2B7A-6B51-4B0A-8F5E-2F6F0A9D4C11",
        "https://a.example/posts/0b0c2b7a-6b51-4b0a-8f5e-2f6f0a9d4c11/replies",
        "https://a.example/posts/0b0c2b7a-6b51-4b0a-8f5e-2f6f0a9d4c11/activity/", "https://a.example/posts/1/activity",
        "https://b.example/posts/0b0c2b7a-6b51-4b0a-8f5e-2f6f0a9d4c11", "https://a.example/tags/swift",
        "https://a.example/users/ana/featured",
    ])
    func refuses(text: String) {
        #expect(URI(text).flatMap(addresses.place(of:)) == nil)
    }

    @Test("a hashtag of any script is one segment of a path", arguments: [
        ("swift", "swift"), ("c_1", "c_1"), ("größe", "gr%C3%B6%C3%9Fe"), ("日", "%E6%97%A5"), ("a/b?c#d", "a%2Fb%3Fc%23d"),
    ])
    func tags(name: String, segment: String) {
        #expect(addresses.tag(name).string == "https://a.example/tags/\(segment)")
    }
}
