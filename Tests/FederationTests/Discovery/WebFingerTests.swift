import Foundation
import JSONTree
import Social
import TestSupport
import Testing
import Wire

@testable import Federation

struct WebFingerTests {
    private func link(_ href: String, type: String = "application/activity+json") -> JSON {
        ["rel": "self", "type": .string(type), "href": .string(href)]
    }

    private func serve(_ peer: TestPeer, _ name: String, subject: String, links: [JSON]) {
        peer.serve(
            ["subject": .string(subject), "links": .array(links)],
            at: "/.well-known/webfinger?resource=acct:\(name)", as: "application/jrd+json")
    }

    @Test func findsTheActor() async throws {
        try await withFederation { federation in
            let peer = try await TestPeer.start()
            let noor = try peer.person("noor")
            let handle = try handle("noor@\(peer.origin.authority)")
            let found = try await WebFinger(fetcher: federation.fetcher).actor(of: handle, scheme: .http)
            #expect(found.0 == noor.uri)
            #expect(found.1 == handle)
        }
    }

    @Test("A host may hand over to another that agrees")
    func splitDomain() async throws {
        try await withFederation { federation in
            let (short, long) = (try await TestPeer.start("b"), try await TestPeer.start("social.b"))
            let noor = try long.person("noor")
            let (asked, real) = (
                try handle("noor@\(short.origin.authority)"), try handle("noor@\(long.origin.authority)")
            )
            serve(short, "\(asked)", subject: "acct:\(real)", links: [link(noor.uri.string)])
            let found = try await WebFinger(fetcher: federation.fetcher).actor(of: asked, scheme: .http)
            #expect(found.0 == noor.uri)
            #expect(found.1 == real)
        }
    }

    @Test("A host that names another in vain is not believed (B12)")
    func spoofedSubject() async throws {
        try await withFederation { federation in
            let (evil, peer) = (try await TestPeer.start("e"), try await TestPeer.start("b"))
            _ = try peer.person("noor")
            let eve = try evil.person("eve")
            let asked = try handle("eve@\(evil.origin.authority)")
            for subject in ["noor@\(peer.origin.authority)", "nobody@\(peer.origin.authority)"] {
                serve(evil, "\(asked)", subject: "acct:\(subject)", links: [link(eve.uri.string)])
                await #expect(throws: DocumentFetcher.Failure.self) {
                    try await WebFinger(fetcher: federation.fetcher).actor(of: asked, scheme: .http)
                }
            }
        }
    }

    @Test(
        "What is no answer is refused",
        arguments: [
            #"{}"#, #"{"subject":"acct:noor@HOST"}"#, #"{"subject":"acct:noor@HOST","links":[]}"#,
            #"{"subject":5,"links":[{"rel":"self","type":"application/activity+json","href":"http://HOST/users/noor"}]}"#,
            #"{"subject":"acct:noor@HOST","links":[{"rel":"self","type":"text/html","href":"http://HOST/users/noor"}]}"#,
            #"{"subject":"acct:noor@HOST","links":[{"rel":"other","type":"application/activity+json","href":"http://HOST/"}]}"#,
            #"{"subject":"acct:noor@HOST","links":[{"rel":"self","type":"application/activity+json","href":"nonsense"}]}"#,
            "not json", "[]",
        ])
    func refuses(text: String) async throws {
        try await withFederation { federation in
            let peer = try await TestPeer.start()
            let body = Array(text.replacing("HOST", with: peer.origin.authority).utf8)
            peer.answer(
                .init(200, fields: [("content-type", "application/jrd+json")], body: body),
                at: "/.well-known/webfinger?resource=acct:noor@\(peer.origin.authority)")
            let asked = try handle("noor@\(peer.origin.authority)")
            await #expect(throws: DocumentFetcher.Failure.self) {
                try await WebFinger(fetcher: federation.fetcher).actor(of: asked, scheme: .http)
            }
        }
    }
}
