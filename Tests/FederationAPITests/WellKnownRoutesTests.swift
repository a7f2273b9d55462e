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

    @Test("Where handles are at another host, both hosts find the person, and one of them is the name")
    func splitDomain() async throws {
        try await withCommunity(at: "https://social.a.example", domain: "a.example") { home in
            _ = try await home.person("noor")
            _ = try await home.instanceActor()
            let routes = WellKnownRoutes(database: home.database, community: home.community, version: "1.0").routes
            for resource in [
                "acct:noor@a.example", "acct:noor@social.a.example", "noor@a.example",
                "https://social.a.example/users/noor", "https://social.a.example/@noor",
            ] {
                let answer = await routes.answer("GET", "/.well-known/webfinger?resource=\(resource)")
                let document = try json(answer.text)
                #expect(document["subject"] == "acct:noor@a.example", "\(resource)")
                let link = document["links"].list.first { $0["rel"] == "self" }
                #expect(link?["href"] == "https://social.a.example/users/noor", "\(resource)")
            }
            for resource in ["https://a.example/users/noor", "acct:noor@b.a.example", "acct:noor@example"] {
                let answer = await routes.answer("GET", "/.well-known/webfinger?resource=\(resource)")
                #expect(answer.status == 404, "\(resource)")
            }
            for resource in ["a.example", "social.a.example"] {
                let answer = await routes.answer("GET", "/.well-known/webfinger?resource=\(resource)")
                let link = try json(answer.text)["links"].list.first { $0["rel"] == "self" }
                #expect(link?["href"] == "https://social.a.example/actor", "\(resource)")
            }
        }
    }

    @Test("A person's links say where their page is, and how people elsewhere come here")
    func links() async throws {
        try await withCommunity { home in
            _ = try await home.person("noor")
            let routes = WellKnownRoutes(database: home.database, community: home.community, version: "1.0").routes
            let answer = await routes.answer("GET", "/.well-known/webfinger?resource=acct:noor@a.example")
            let links = try json(answer.text)["links"].list
            func link(_ rel: String) -> JSON? { links.first { $0["rel"]?.string == rel } }
            #expect(link("http://webfinger.net/rel/profile-page")?["href"] == "https://a.example/@noor")
            #expect(
                link("http://ostatus.org/schema/1.0/subscribe")?["template"]
                    == "https://a.example/authorize_interaction?uri={uri}")
            #expect(
                link("https://w3id.org/fep/3b86/Object")?["template"]
                    == "https://a.example/authorize_interaction?uri={object}")
        }
    }
}

/// What a host says of where it answers questions about its people (RFC 6415).
struct HostMetaTests {
    @Test("Both forms lead to WebFinger, at the place of everything where handles are elsewhere")
    func templates() async throws {
        try await withCommunity(at: "https://social.a.example", domain: "a.example") { home in
            let routes = WellKnownRoutes(database: home.database, community: home.community, version: "1.0").routes
            let template = "https://social.a.example/.well-known/webfinger?resource={uri}"
            let xml = await routes.answer("GET", "/.well-known/host-meta")
            #expect(xml.status == 200)
            #expect(xml.field("content-type") == "application/xrd+xml; charset=utf-8")
            #expect(xml.text.hasPrefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"))
            #expect(xml.text.contains("<Link rel=\"lrdd\" template=\"\(template)\"/>"))
            let answer = await routes.answer("GET", "/.well-known/host-meta.json")
            #expect(answer.field("content-type") == "application/jrd+json")
            let document = try json(answer.text)
            #expect(document == ["links": [["rel": "lrdd", "template": .string(template)]]])
        }
    }
}

struct NodeInfoTests {
    /// The rules of the schemas at nodeinfo.diaspora.software for what other software may rely on; of the services and
    /// protocols only those that could be ours.
    static func schema(_ version: String) -> String {
        let number = #"{"type":"integer","minimum":0}"#
        let text = #"{"type":"string"}"#
        let more = version == "2.1" ? #","repository":\#(text),"homepage":\#(text)"# : ""
        return #"""
            {"type":"object","additionalProperties":false,
            "required":["version","software","protocols","services","openRegistrations","usage","metadata"],
            "properties":{
                "version":{"enum":["\#(version)"]},
                "software":{"type":"object","additionalProperties":false,"required":["name","version"],
                    "properties":{"name":{"type":"string","pattern":"^[a-z0-9-]+$"},"version":\#(text)\#(more)}},
                "protocols":{"type":"array","minItems":1,"items":{"enum":["activitypub"]}},
                "services":{"type":"object","additionalProperties":false,"required":["inbound","outbound"],
                    "properties":{"inbound":{"type":"array","items":{"enum":["atom1.0"]}},
                        "outbound":{"type":"array","items":{"enum":["atom1.0","smtp"]}}}},
                "openRegistrations":{"type":"boolean"},
                "usage":{"type":"object","additionalProperties":false,"required":["users"],
                    "properties":{"localPosts":\#(number),"localComments":\#(number),
                        "users":{"type":"object","additionalProperties":false,
                            "properties":{"total":\#(number),"activeHalfyear":\#(number),"activeMonth":\#(number)}}}},
                "metadata":{"type":"object"}}}
            """#
    }

    @Test("Both versions are as their schemas say", arguments: ["2.0", "2.1"])
    func isAsItsSchemaSays(version: String) async throws {
        try await withCommunity { home in
            _ = try await home.person("mika")
            let routes = WellKnownRoutes(database: home.database, community: home.community, version: "1.0").routes
            let document = try json(await routes.answer("GET", "/nodeinfo/\(version)").text)
            #expect(try JSONSchema(Self.schema(version)).errors(in: document) == [])
            var wrong = document.object ?? [:]
            wrong["users"] = 1
            #expect(try !JSONSchema(Self.schema(version)).errors(in: .object(wrong)).isEmpty)
        }
    }

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
