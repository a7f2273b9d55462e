import Testing

@testable import HTTPSignatures

@Suite struct KeyIDTests {
    @Test(arguments: [
        "https://b.test/users/b#main-key", "http://localhost:8080/actor", "https://b.test",
        "https://b.test/users/b/main-key", "HTTPS://b.test/users/b", "https://[2001:db8::1]:8443/k",
        "https://b.test/%E2%82%AC?a=b&c=d", "https://xn--bcher-kva.test/k", "https://b.test?k",
    ])
    func acceptsAbsoluteURLs(text: String) throws {
        #expect(try #require(KeyID(text)).text == text)
    }

    @Test(arguments: [
        "", "Test", "https://", "https:///k", "https:/b.test/k", "//b.test/k", "/users/b#main-key",
        "acct:b@b.test", "ftp://b.test/k", "file:///etc/passwd", "javascript:alert(1)",
        "https://user@b.test/k", "https://user:pass@b.test/k", "https://b.test:0/k",
        "https://b.test:65536/k", "https://b.test:/k", "https://b.test /k", "https://b.test/k k",
        " https://b.test/k", "https://b.test/k\r\nX: 1", "https://b.test/%0d%0aX:1",
        "https://b.test/%7f", "https://b.test/%0", "https://b.test/%", "https://b.test/%zz",
        "https://b\u{FC}cher.test/k", "https://b.test/\u{212A}", "https://b.test/\"",
        "https://b.test/<k>",
        "https://b.test\\@e.test/k", "https://[::1/k", "https://[]/k", "https://[::1]x/k",
        "https://b.test/" + String(repeating: "k", count: 2048),
    ])
    func refusesAnythingElse(text: String) {
        #expect(KeyID(text) == nil)
    }

    @Test func noClaimWithoutKeyID() throws {
        for keyID in ["Test", "acct:b@b.test", "/users/b#main-key"] {
            #expect(try PeerRequest(keyID: keyID).signed().refusalBeforeKey() == .malformedKeyID)
        }
    }
}
