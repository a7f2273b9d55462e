import Testing
import Wire

@Suite struct URITests {
    @Test func takesAURIApart() throws {
        let uri = try #require(URI("HTTPS://B.Test:8443/users/a%20b?page=1&q=#main-key"))
        #expect(uri.string == "HTTPS://B.Test:8443/users/a%20b?page=1&q=#main-key")
        #expect(uri.scheme == .https)
        #expect(uri.host == "b.test")
        #expect(uri.port == 8443)
        #expect(uri.path == "/users/a%20b")
        #expect(uri.query == "page=1&q=")
        #expect(uri.fragment == "main-key")
        #expect(uri.description == uri.string)
    }

    @Test func tellsAbsentFromEmpty() throws {
        let bare = try #require(URI("http://b.test"))
        #expect(bare.port == nil && bare.query == nil && bare.fragment == nil && bare.path.isEmpty)
        let empty = try #require(URI("http://b.test/?#"))
        #expect(empty.path == "/" && empty.query?.isEmpty == true && empty.fragment?.isEmpty == true)
        let mark = try #require(URI("https://b.test#a?b#c"))
        #expect(mark.query == nil && mark.fragment == "a?b#c")
    }

    @Test(
        "keeps its spelling",
        arguments: [
            "https://b.test/users/b#main-key", "http://localhost:8080/actor", "https://b.test",
            "https://b.test/%E2%82%AC?a=b&c=d", "https://xn--bcher-kva.test/k", "https://b.test?k", "https://b.test./k",
            "https://[2001:db8::1]:8443/k", "https://[::ffff:192.0.2.1]/", "https://b.test:443/", "https://b.test/a/../b",
            "https://b.test/@b?q=[1]", "https://b_c.test/", "https://127.0.0.1/", "https://2130706433/",
        ])
    func keepsItsSpelling(text: String) throws {
        #expect(try #require(URI(text)).string == text)
    }

    @Test(
        "refuses what is no absolute http address",
        arguments: [
            "", "Test", "https", "https:", "https://", "https:///k", "https:/b.test/k", "https:b.test", "://b.test",
            "//b.test/k", "/users/b#main-key", "acct:b@b.test", "ftp://b.test/k", "file:///etc/passwd",
            "javascript:alert(1)", "gopher://b.test:25/", "data:text/html,x", " https://b.test/", "https ://b.test/",
            "\u{FEFF}https://b.test/", "htt\u{1D5C9}s://b.test/",
        ])
    func refusesOtherSchemes(text: String) {
        #expect(URI(text) == nil)
    }

    /// C10: credentials, ports, backslashes, blanks.
    @Test(
        "refuses authorities that hide where a request goes",
        arguments: [
            "https://user@b.test/", "https://user:pass@b.test/", "https://b.test@e.test/", "https://b.test:443@e.test/",
            "https://@b.test/", "https:\\\\e.test", "https://b.test\\@e.test/k", "https:///\\b.test", "https://b.test:0/",
            "https://b.test:65536/", "https://b.test:/", "https://b.test:+80/", "https://b.test:80:80/",
            "https://b.test:000443/", "https://b.test:99999999999999999999/", "https://b.test:8o/", "https://:443/",
            "https://b .test/", "https://b.test /", "https://b.te\tst/", "https://b\u{A0}.test/",
        ])
    func refusesTrickyAuthorities(text: String) {
        #expect(URI(text) == nil)
    }

    /// C04: hosts that parsers read in different ways. Numbers in decimal are names here; who may be asked is decided
    /// where requests go out.
    @Test(
        "refuses hosts that are neither name nor IPv6 address",
        arguments: [
            "https://[fe80::1%25lo]/", "https://[fe80::1%lo]/", "https://[::1/", "https://::1/", "https://[]/",
            "https://[:]/", "https://[::g]/", "https://[::1]x/", "https://x[::1]/", "https://[1]/", "https://[v1.a]/",
            "https://[[::1]]/", "https://[::1]]/", "https://[::1]:/", "https://./", "https://../", "https://b..test/",
            "https://.b.test/", "https://b.test../", "https://b%2Etest/", "https://b.test%00/", "https://b*/",
            "https://\u{FF11}\u{FF12}\u{FF17}.1/", "https://b\u{3002}test/", "https://b\u{FC}cher.test/",
            "https://\(String(repeating: "a", count: 256))/",
        ])
    func refusesTrickyHosts(text: String) {
        #expect(URI(text) == nil)
    }

    /// C09: in Swift CR LF is one character, so these are looked for as bytes.
    @Test(
        "refuses control bytes, raw and percent-encoded",
        arguments: [
            "https://b.test/x\r\nHost: y", "https://b.test/\r", "https://b.test/\n", "https://b.test/\0",
            "https://b.test/\u{1B}[2J", "https://b.test/\u{7F}", "https://b.test\r\n/", "https://b.test/%0d%0aX:1",
            "https://b.test/%0D", "https://b.test/?%0A", "https://b.test/#%00", "https://b.test/%1f", "https://b.test/%7F",
            "https://b.test/%7f",
        ])
    func refusesControlBytes(text: String) {
        #expect(URI(text) == nil)
    }

    @Test(
        "refuses malformed percent-encoding",
        arguments: ["%", "%4", "%zz", "%4g", "%g4", "%%41", "100%", "%u0041", "% 41", "%-1", "%+1"])
    func refusesMalformedEscapes(text: String) {
        #expect(URI("https://b.test/\(text)") == nil)
        #expect(URI("https://b.test/?\(text)") == nil)
        #expect(URI("https://b.test/#\(text)") == nil)
    }

    @Test("accepts harmless escapes", arguments: ["%20", "%2F", "%2f%2F", "%7E", "%80", "%ff", "%C3%A9", "%25%30%41"])
    func acceptsEscapes(text: String) {
        #expect(URI("https://b.test/\(text)") != nil)
    }

    /// D08.
    @Test(
        "refuses everything but ASCII and what RFC 3986 leaves out",
        arguments: [
            "https://b.test/\u{212A}", "https://b.test/e\u{301}", "https://b.test/\u{E9}", "https://b.test/\u{202E}",
            "https://b.test/a\u{301}", "https://b.te\u{301}st/", "https://b.test/\u{37E}", "https://\u{212A}.test/",
            "https://b.test/\"", "https://b.test/<k>", "https://b.test/{k}", "https://b.test/a|b", "https://b.test/^",
            "https://b.test/`", "https://b.test/a\\b", "https://b.test/a b",
        ])
    func refusesOtherBytes(text: String) {
        #expect(URI(text) == nil)
    }

    @Test func isAtMost2048BytesLong() {
        let start = "https://b.test/"
        let longest = start + String(repeating: "k", count: URI.maximumLength - start.utf8.count)
        #expect(URI(longest)?.string.utf8.count == 2048)
        #expect(URI(longest + "k") == nil)
        #expect(URI(String(repeating: "https://", count: 1_000_000)) == nil)
    }

    @Test("two spellings are two URIs of one origin", arguments: [
        "https://B.test/x", "https://b.test:443/x", "https://b.test./x", "HTTPS://b.test/x", "https://b.test/%78",
        "https://b.test/x/", "https://b.test/x#", "https://b.test/x?",
    ])
    func spellings(text: String) throws {
        let plain = try #require(URI("https://b.test/x"))
        let other = try #require(URI(text))
        #expect(other != plain)
        #expect(Set([plain, other]).count == 2)
        #expect(other.isSameOrigin(as: plain))
    }

    @Test("another scheme, host or port is another origin", arguments: [
        "http://b.test/x", "https://b.test:8443/x", "https://a.b.test/x", "https://b.test.e.test/x", "https://bb.test/x",
    ])
    func otherOrigins(text: String) throws {
        let plain = try #require(URI("https://b.test/x"))
        #expect(try #require(URI(text)).isSameOrigin(as: plain) == false)
    }

    @Test(
        "gives the request line its target",
        arguments: [
            ("https://b.test", "/"), ("https://b.test?q", "/?q"), ("https://b.test/?", "/?"),
            ("https://b.test/a%2Fb?c=d?e#f", "/a%2Fb?c=d?e"), ("https://b.test//a", "//a"),
        ])
    func requestTarget(text: String, target: String) throws {
        #expect(try #require(URI(text)).requestTarget == target)
    }

    @Test(
        "loses its fragment and nothing else",
        arguments: [
            ("https://b.test/u#main-key", "https://b.test/u"), ("https://B.test/u?q#a#b", "https://B.test/u?q"),
            ("https://b.test/u", "https://b.test/u"), ("https://b.test#", "https://b.test"),
        ])
    func withoutFragment(text: String, document: String) throws {
        #expect(try #require(URI(text)).withoutFragment.string == document)
    }
}
