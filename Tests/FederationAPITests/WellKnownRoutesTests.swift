import FederationAPI
import JSONTree
import Social
import TestSupport
import Testing
import WebServer
import Wire

struct WebFingerRouteTests {
    static let found = [
        "acct:noor@a.example", "noor@a.example", "@noor@a.example", "acct:NOOR@A.EXAMPLE", "ACCT:noor@a.example",
        "acct:noor@a.example:443", "https://a.example/users/noor", "https://a.example/@noor",
        "https://A.EXAMPLE/users/noor",
    ]
    static let instance = [
        "acct:a.example@a.example", "https://a.example", "https://a.example/", "https://a.example/actor", "a.example",
    ]
    static let nobody = [
        "acct:nobody@a.example", "acct:noor@b.example", "https://b.example/users/noor", "http://a.example/users/noor",
        "https://a.example/users/noor/inbox", "https://a.example/users/NOOR", "b.example", "acct:noor@a.example:8443",
        "https://a.example/sessions/00000000-0000-0000-0000-000000000001", "acct:noor@e@a.example",
    ]
    static let senseless = [
        "", "noor", "acct:", "acct:noor", "acct:@a.example", "a b", "\u{0}", "mailto:noor@a.example@x",
    ]

    @Test("Every accepted form of a name finds its actor; the rest is 404 or 400")
    func answers() async throws {
        try await withCommunity { home in
            _ = try await home.mentor("noor")
            _ = try await home.instanceActor()
            let routes = WellKnownRoutes(database: home.database, community: home.community, version: "1.0").routes
            func ask(_ resource: String) async throws -> Answer {
                let encoded = resource.utf8.map { String(0x100 + Int($0), radix: 16).dropFirst() }.map { "%\($0)" }
                    .joined()
                return await routes.answer("GET", "/.well-known/webfinger?resource=\(encoded)")
            }
            for resource in Self.found {
                let answer = try await ask(resource)
                #expect(answer.status == 200, "\(resource)")
                #expect(answer.field("content-type") == "application/jrd+json")
                #expect(answer.field("access-control-allow-origin") == "*")
                let document = try json(answer.text)
                #expect(document["subject"] == "acct:noor@a.example")
                #expect(document["aliases"] == ["https://a.example/@noor", "https://a.example/users/noor"])
                let link = document["links"]?.array?.first { $0["rel"] == "self" }
                #expect(
                    link == [
                        "rel": "self", "type": "application/activity+json", "href": "https://a.example/users/noor",
                    ])
            }
            for resource in Self.instance {
                #expect(try json(try await ask(resource).text)["subject"] == "acct:a.example@a.example", "\(resource)")
            }
            for resource in Self.nobody { #expect([400, 404].contains(try await ask(resource).status), "\(resource)") }
            for resource in Self.senseless {
                #expect([400, 404].contains(try await ask(resource).status), "\(resource)")
            }
            #expect(await routes.answer("GET", "/.well-known/webfinger").status == 400)
        }
    }
}

struct NodeInfoTests {
    /// What the schemas of NodeInfo 2.0 and 2.1 require.
    static let required = ["version", "software", "protocols", "services", "openRegistrations", "usage", "metadata"]

    @Test(arguments: ["2.0", "2.1"])
    func hasWhatIsRequired(version: String) async throws {
        try await withCommunity { home in
            _ = try await home.person("mika")
            let routes = WellKnownRoutes(database: home.database, community: home.community, version: "1.0").routes
            let links = try json(await routes.answer("GET", "/.well-known/nodeinfo").text)["links"]?.array ?? []
            let rel = "http://nodeinfo.diaspora.software/ns/schema/\(version)"
            let href = try #require(links.first { $0["rel"]?.string == rel }?["href"]?.string)
            #expect(href == "https://a.example/nodeinfo/\(version)")
            let answer = await routes.answer("GET", "/nodeinfo/\(version)")
            #expect(answer.field("content-type")?.contains("profile=\"\(rel)#\"") == true)
            let document = try json(answer.text)
            for name in Self.required { #expect(document[name] != nil, "\(name)") }
            #expect(document["version"]?.string == version)
            #expect(document["software"]?["name"] == "mentord")
            #expect(document["protocols"] == ["activitypub"])
            #expect(document["services"] == ["inbound": [], "outbound": []])
            #expect(document["usage"]?["users"]?["total"] == 1)
            #expect((document["software"]?["homepage"] != nil) == (version == "2.1"))
        }
    }
}
