import Testing

@testable import HTTPSignatures

@Suite struct AuthorityTests {
    @Test(
        "writes the Host field with the port only where it is needed",
        arguments: [
            (Authority.Scheme.https, "S.Test", "s.test"), (.https, "s.test:443", "s.test"),
            (.https, "s.test:80", "s.test:80"), (.http, "s.test:80", "s.test"),
            (.http, "localhost:8080", "localhost:8080"),
            (.https, "[2001:DB8::1]:443", "[2001:db8::1]"),
            (.https, "127.0.10.10:8443", "127.0.10.10:8443"),
        ])
    func writesHostField(scheme: Authority.Scheme, text: String, hostField: String) throws {
        #expect(try #require(Authority(scheme: scheme, text)).hostField == hostField)
    }

    @Test func comparesAsHTTPDoes() {
        #expect(Authority(scheme: .https, "S.test") == Authority(scheme: .https, "s.TEST:443"))
        #expect(Authority(scheme: .https, "s.test") != Authority(scheme: .http, "s.test"))
        #expect(Authority(scheme: .https, "s.test") != Authority(scheme: .https, "s.test:8443"))
    }

    @Test(arguments: [
        "", ":443", "s.test:", "s.test:x", "s.test:-1", "s.test:99999", "s.test:1:2", "s test",
        "s.test/", "u@s.test", "[::1", "[::g]", "::1", "s.test\r\n", "b\u{FC}cher.test",
        String(repeating: "a", count: 262),
    ])
    func refusesAnythingElse(text: String) {
        #expect(Authority(scheme: .https, text) == nil)
    }
}
