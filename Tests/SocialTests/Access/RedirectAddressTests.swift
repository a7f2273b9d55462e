import Foundation
import Social
import Testing

struct RedirectAddressTests {
    @Test(
        "The addresses of real apps can be registered, byte by byte",
        arguments: [
            "icecubesapp://", "oauth2redirect://com.keylesspalace.tusky/", "org.joinmastodon.android-auth://callback",
            "https://elk.zone/api/a.example/oauth/https%3A%2F%2Felk.zone", "com.tapbots.Ivory.10217:/request_token",
            "urn:ietf:wg:oauth:2.0:oob", "http://127.0.0.1:8080/cb", "https://phanpy.social/?a=b",
        ])
    func takes(text: String) throws {
        #expect(RedirectAddress(text)?.text == text)
    }

    @Test(
        "What runs or hides something cannot be registered",
        arguments: [
            "", "cb", "/cb", "//host/cb", "javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "vbscript:x",
            "file:///etc/passwd", "blob:x", "https://a.example/cb#x", "https://*.example/cb", "https://a.example/c b",
            "https://a.example/\r\nx", "https://a.example/é", "1a:b", ":x", #"https://a.example\cb"#,
            "https://a.example/" + String(repeating: "a", count: 2000),
        ])
    func refuses(text: String) {
        #expect(RedirectAddress(text) == nil)
    }

    private static func app(_ redirects: String...) -> App {
        App(
            id: 1, name: "x", website: nil, redirects: redirects.compactMap { RedirectAddress($0) }, scopes: [.read],
            clientID: "c", createdAt: Date())
    }

    @Test(
        "Only the very address is admitted (G01)",
        arguments: [
            "https://a.example/cb/", "https://a.example/cb/../x", "https://a.example/CB", "https://A.example/cb",
            "https://www.a.example/cb", "https://a.example/%63b", "https://a.example/cb?x", "https://a.example:443/cb",
            "http://a.example/cb", "https://a.example/c", "",
        ])
    func comparesExactly(text: String) {
        let app = Self.app("https://a.example/cb", "icecubesapp://")
        #expect(app.redirect(text) == nil)
        #expect(app.redirect("https://a.example/cb")?.text == "https://a.example/cb")
    }

    @Test("Only the port of this machine's own address may vary (RFC 8252)")
    func letsLoopbackPortsVary() {
        let app = Self.app("http://127.0.0.1/cb", "http://localhost:1/cb")
        #expect(app.redirect("http://127.0.0.1:49152/cb")?.text == "http://127.0.0.1:49152/cb")
        for other in [
            "http://127.0.0.1:1/other", "http://127.0.0.1.evil.example/cb", "http://localhost:2/cb", "https://127.0.0.1:1/cb",
            "http://127.0.0.1:1@evil.example/cb", "http://127.0.0.12:1/cb",
        ] {
            #expect(app.redirect(other) == nil, "\(other)")
        }
    }

    @Test(
        "Parameters come behind whatever is there",
        arguments: [
            ("icecubesapp://", "icecubesapp://?code=a%20b&state=%26"),
            ("https://a.example/cb?x=1", "https://a.example/cb?x=1&code=a%20b&state=%26"),
            ("https://a.example/cb?", "https://a.example/cb?code=a%20b&state=%26"),
            ("com.tapbots.Ivory.10217:/request_token", "com.tapbots.Ivory.10217:/request_token?code=a%20b&state=%26"),
        ])
    func appends(text: String, expected: String) throws {
        let address = try #require(RedirectAddress(text))
        #expect(address.with([("code", "a b"), ("state", "&")]) == expected)
    }

    @Test(
        "A person is told the host, or the scheme",
        arguments: [
            ("https://elk.zone:8443/x", "elk.zone"), ("icecubesapp://", "icecubesapp"),
            ("com.tapbots.Ivory.10217:/request_token", "com.tapbots.Ivory.10217"),
        ])
    func names(text: String, destination: String) throws {
        #expect(try #require(RedirectAddress(text)).destination == destination)
    }
}
