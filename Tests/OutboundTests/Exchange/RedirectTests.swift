import Testing
import Wire

@testable import Outbound

struct RedirectTests {
    @Test(
        "resolves a Location against its URI",
        arguments: [
            ("https://other.test/x?y=1#z", "https://other.test/x?y=1"), ("//other.test/x", "https://other.test/x"),
            ("/x", "https://peer.test:8443/x"), ("?page=2", "https://peer.test:8443/users/a?page=2"),
            ("http://other.test/", "http://other.test/"),
        ])
    func resolves(_ location: String, _ expected: String) throws {
        let base = try uri("https://peer.test:8443/users/a?page=1#main-key")
        #expect(Redirect.target(location, from: base)?.string == expected)
    }

    @Test(
        "resolves nothing that could lead elsewhere",
        arguments: [
            "", "relative/path", "../x", "data:text/plain,x", "file:///etc/passwd", "gopher://peer.test/",
            "javascript:1",
            "/\r\nX: 1", "/ x", "/\u{0}", "/é", "\\\\other.test\\", "//user@other.test/", "///x", "https:/other.test/",
            " https://other.test/", "ftp://other.test/",
        ])
    func refuses(_ location: String) throws {
        #expect(Redirect.target(location, from: try uri("https://peer.test/")) == nil)
    }
}

struct OutgoingRequestTests {
    private func request() throws -> OutgoingRequest {
        OutgoingRequest(method: .get, uri: try uri("https://peer.test/"), headers: [("date", "old")], body: [])
    }

    @Test(
        "refuses fields that would break out of their line, and framing",
        arguments: [
            ("x", "a\r\nHost: evil.test"), ("x", "a\nb"), ("x", "a\rb"), ("x", "a\u{0}b"), ("x", "é"), ("x", "\u{7F}"),
            ("", "a"), ("x y", "a"), ("x:", "a"), ("x\r\ny", "a"), ("é", "a"), ("Content-Length", "0"),
            ("Transfer-Encoding", "chunked"), ("connection", "close"),
        ])
    func refuses(_ name: String, _ value: String) throws {
        var request = try request()
        #expect(throws: OutboundError.invalidRequest) { try request.setHeaders([(name, value)]) }
    }

    @Test("replaces fields of the same name, whatever their case")
    func replaces() throws {
        var request = try request()
        try request.setHeaders([("Date", "new"), ("X-A", "tab\tand space")])
        #expect(request.headers.map { "\($0.name)=\($0.value)" } == ["date=new", "x-a=tab\tand space"])
    }
}
