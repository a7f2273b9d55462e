import Testing
import Wire

@Suite struct MediaTypeTests {
    private static let profile = "https://www.w3.org/ns/activitystreams"

    @Test func readsEssenceAndParameters() throws {
        let type = try #require(
            MediaType(" Application/LD+JSON ;Profile=\"\(Self.profile)\" ; charset=UTF-8;; broken; q = 0.5 "))
        #expect(type.essence == "application/ld+json")
        #expect(type.parameters == ["profile": Self.profile, "charset": "UTF-8", "q": "0.5"])
    }

    @Test(
        "unquotes values",
        arguments: [
            (#"a/b;x="c;d,e""#, "c;d,e"), (#"a/b;x="c\"d\\""#, #"c"d\"#), (#"a/b;x="""#, ""), ("a/b;x=1;x=2", "1"),
            (#"a/b;x="y";x=z"#, "y"),
        ])
    func unquotes(text: String, value: String) throws {
        #expect(try #require(MediaType(text)).parameters["x"] == value)
    }

    @Test("leaves malformed parameters out", arguments: [
        #"a/b;x="open"#, #"a/b;x="a"b"#, "a/b;x=", "a/b;x=c d", "a/b;=c", "a/b;x y=c", #"a/b;x="c\"#, #"a/b;x=c"d""#,
    ])
    func leavesMalformedOut(text: String) throws {
        #expect(try #require(MediaType(text)).parameters.isEmpty)
    }

    @Test(
        "refuses what is no media type",
        arguments: [
            "", ";", "json", "/json", "application/", "a/b/c", "a b/c", "a/b c", "text/html,application/activity+json",
            "text/html, application/activity+json", "a/b\r\n", "a/\u{212A}", "\"a\"/b", "a/b\0", "(a)/b",
        ])
    func refuses(text: String) {
        #expect(MediaType(text) == nil)
    }

    /// B08: what a server lets its users upload is never served as these two.
    @Test(
        "only ActivityStreams speaks for people",
        arguments: [
            ("application/activity+json", true), ("application/activity+json; charset=utf-8", true),
            ("Application/Activity+JSON", true), (#"application/ld+json; profile="\#(profile)""#, true),
            (#"application/ld+json;profile="https://w3id.org/x \#(profile)";charset=utf-8"#, true),
            ("application/ld+json", false), (#"application/ld+json; profile="https://www.w3.org/ns/other""#, false),
            (#"application/ld+json; profile="\#(profile)/""#, false), (#"application/ld+json; profile="\#(profile)#""#, false),
            (#"application/ld+json; profile="HTTPS://www.w3.org/ns/activitystreams""#, false),
            (#"application/ld+json; profile="x"; profile="\#(profile)""#, false),
            (#"application/ld+json; x="\"; profile=\"\#(profile)""#, false),
            (#"application/json; profile="\#(profile)""#, false), ("application/json", false), ("text/plain", false),
            ("text/html", false), ("text/html; x=application/activity+json", false), ("image/png", false),
            ("application/octet-stream", false), ("application/activity+json+x", false), ("application/jrd+json", false),
            ("multipart/related; type=\"application/activity+json\"", false), ("text/activity+json", false),
        ])
    func activityStreams(text: String, isActivityStreams: Bool) throws {
        #expect(try #require(MediaType(text)).isActivityStreams == isActivityStreams)
    }

    @Test(
        "ranks what is accepted",
        arguments: [
            ("text/html", ["text/html"]), ("a/b;q=0.5, c/d", ["c/d", "a/b"]), ("a/b, c/d", ["a/b", "c/d"]),
            ("a/b;q=0, c/d", ["c/d"]), ("a/b;q=0.000", []), ("a/b;q=nan, c/d;q=-1, e/f;q=x", ["e/f"]), ("", []),
            (",,", []), ("*/*;q=0.1,text/html;q=0.9", ["text/html", "*/*"]),
            (#"a/b;x=",c/d", e/f"#, ["a/b", "e/f"]),
            ("application/activity+json, application/ld+json; profile=\"\(profile)\"",
                ["application/activity+json", "application/ld+json"]),
        ])
    func ranks(header: String, essences: [String]) {
        #expect(MediaType.accepted(header).map(\.essence) == essences)
    }

    @Test func looksAtThe32FirstTypesOnly() {
        let header = (0..<10_000).map { "a/b\($0)" }.joined(separator: ",")
        #expect(MediaType.accepted(header).count == 32)
    }
}
