import Testing
import Wire

@Suite struct OriginTests {
    @Test(
        "writes the port only where it is needed",
        arguments: [
            (URI.Scheme.https, "S.Test", "s.test"), (.https, "s.test:443", "s.test"), (.https, "s.test:0443", "s.test"),
            (.https, "s.test:80", "s.test:80"), (.http, "s.test:80", "s.test"), (.http, "localhost:8080", "localhost:8080"),
            (.https, "[2001:DB8::1]:443", "[2001:db8::1]"), (.https, "127.0.10.10:8443", "127.0.10.10:8443"),
            (.https, "s.test.", "s.test"), (.https, "s.test.:8443", "s.test:8443"),
        ])
    func readsAuthorities(scheme: URI.Scheme, text: String, authority: String) throws {
        let origin = try #require(Origin(scheme: scheme, authority: text))
        #expect(origin.authority == authority)
        #expect(origin.description == "\(scheme)://\(authority)")
        #expect(origin == URI("\(scheme)://\(text)/path")?.origin)
    }

    @Test func comparesAsHTTPDoes() {
        let plain = Origin(scheme: .https, host: "s.test", port: 443)
        #expect(Origin(scheme: .https, authority: "s.TEST:443") == plain)
        #expect(Origin(scheme: .http, authority: "s.test") != plain)
        #expect(Origin(scheme: .https, authority: "s.test:8443") != plain)
    }

    @Test(
        "refuses anything else",
        arguments: [
            "", ":443", "s.test:", "s.test:x", "s.test:-1", "s.test:99999", "s.test:1:2", "s test", "s.test/", "s.test?",
            "s.test#", "u@s.test", "[::1", "[::g]", "::1", "s.test\r\n", "s.test,e.test", "b\u{FC}cher.test",
            "s.te\u{17F}t", "%73.test", String(repeating: "a", count: 262),
        ])
    func refusesAnythingElse(text: String) {
        #expect(Origin(scheme: .https, authority: text) == nil)
    }

    @Test(
        "knows loopback names",
        arguments: [
            ("localhost", true), ("a.localhost", true), ("LOCALHOST.", true), ("notlocalhost", false),
            ("localhost.test", false), ("127.0.0.1", false),
        ])
    func loopbackNames(host: String, isLoopback: Bool) throws {
        #expect(try #require(Origin(scheme: .http, authority: host)).isLoopbackName == isLoopback)
    }
}
