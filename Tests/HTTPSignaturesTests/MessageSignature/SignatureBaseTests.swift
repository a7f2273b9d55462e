import Keys
import Testing
import Wire

@testable import HTTPSignatures

/// RFC 9421 sections 2 and 3.2 and appendix B.
@Suite struct SignatureBaseTests {
    private func list(_ input: String) throws -> StructuredField.InnerList {
        let members = try StructuredFieldParser.dictionary("label=\(input)".utf8, maximumLength: 8192)
        guard case .innerList(let list)? = members.first?.value else { throw StructuredFieldError.malformed }
        return list
    }

    private func base(_ request: RequestMessage, _ input: String) throws -> String {
        let list = try list(input)
        let components = try list.items.map { item throws(Refusal) in try SignatureComponent(item) }
        let host = try #require(request.values(named: "host".utf8).first)
        let origin = try #require(Origin(scheme: .https, authority: Substring(host)))
        let bytes = try SignatureBase(request: request, origin: origin)
            .bytes(over: components, parameters: list.serialized)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test("builds the published bases", arguments: MessageSignatureVector.all.filter(\.isSupported))
    func publishedBases(vector: MessageSignatureVector) throws {
        let built = try base(vector.request, vector.input)
        if let base = vector.base { #expect(built == base) }
        guard let pem = vector.key, let scheme = vector.scheme else { return }
        let key = try PublicKey(pem: pem)
        let signature = try #require(Base64.decode(vector.signature.utf8))
        #expect(key.verify(signature, of: built.utf8, scheme: scheme))
        #expect(!key.verify(signature, of: built.utf8 + [0x0A], scheme: scheme))
    }

    @Test func refusesPublishedBasesWithOtherComponents() throws {
        let vectors = MessageSignatureVector.all.filter { !$0.isSupported }
        #expect(vectors.map(\.name) == ["B.2.2", "B.2.4"])
        for vector in vectors {
            #expect(throws: Refusal.unsupportedComponent) { try base(vector.request, vector.input) }
        }
        let named = try #require(vectors.first)
        let pem = try #require(named.key)
        let published = try #require(named.base)
        let signature = try #require(Base64.decode(named.signature.utf8))
        #expect(try PublicKey(pem: pem).verify(signature, of: published.utf8, scheme: .rsaPSSSHA512))
    }

    /// Section 2.2: request line, component and value.
    @Test(
        "derives the published values",
        arguments: [
            ("POST /path?param=value", "@method", "POST"),
            ("POST /path?param=value", "@target-uri", "https://www.example.com/path?param=value"),
            ("POST /path?param=value", "@authority", "www.example.com"),
            ("POST /path?param=value", "@scheme", "https"),
            ("POST /path?param=value", "@request-target", "/path?param=value"),
            ("GET /path?param=value", "@path", "/path"),
            (
                "GET /path?param=value&foo=bar&baz=bat%2Dman", "@query",
                "?param=value&foo=bar&baz=bat%2Dman"
            ),
            ("POST /path?queryString", "@query", "?queryString"),
            ("GET /path", "@query", "?"), ("GET /path?", "@query", "?"), ("GET /?a?b", "@query", "?a?b"),
            ("GET /", "@path", "/"), ("GET /?", "@target-uri", "https://www.example.com/?"),
        ])
    func publishedValues(line: String, component: String, value: String) throws {
        let words = line.split(separator: " ").map(String.init)
        let request = RequestMessage(
            method: words[0], target: words[1], fields: [HeaderField(name: "Host", value: "www.example.com")])
        let input = #"("\#(component)");created=1"#
        #expect(try base(request, input) == "\"\(component)\": \(value)\n\"@signature-params\": \(input)")
    }

    @Test(
        "names the authority in one way",
        arguments: [
            ("https", "S.Test:443", "s.test", "https://s.test/a"),
            ("http", "s.test:80", "s.test", "http://s.test/a"),
            ("http", "LOCALHOST:8080", "localhost:8080", "http://localhost:8080/a"),
        ])
    func normalisedAuthority(scheme: String, host: String, authority: String, uri: String) throws {
        let scheme = try #require(URI.Scheme(rawValue: scheme))
        let origin = try #require(Origin(scheme: scheme, authority: host))
        let request = RequestMessage(method: "GET", target: "/a", fields: [])
        let bytes = try SignatureBase(request: request, origin: origin)
            .bytes(over: [.derived(.authority), .derived(.targetURI), .derived(.scheme)], parameters: "()")
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == "\"@authority\": \(authority)\n\"@target-uri\": \(uri)\n\"@scheme\": \(scheme.rawValue)\n"
                + "\"@signature-params\": ()")
    }

    /// Section 2.1, without the folded line, which no request gets through with.
    @Test func joinsAndTrimsFields() throws {
        let request = RequestMessage(
            method: "GET", target: "/",
            fields: [
                HeaderField(name: "Host", value: "www.example.com"),
                HeaderField(name: "Date", value: "Tue, 20 Apr 2021 02:07:56 GMT"),
                HeaderField(name: "X-OWS-Header", value: "   Leading and trailing whitespace.  \t "),
                HeaderField(name: "Cache-Control", value: "max-age=60"),
                HeaderField(name: "Cache-Control", value: "   must-revalidate"),
                HeaderField(name: "Example-Dict", value: "a=1,    b=2;x=1;y=2,   c=(a   b   c)"),
                HeaderField(name: "X-Empty-Header", value: " "),
            ])
        let names = ["host", "date", "x-ows-header", "cache-control", "example-dict", "x-empty-header"]
        let input = "(" + names.map { "\"\($0)\"" }.joined(separator: " ") + ")"
        #expect(
            try base(request, input) == """
                "host": www.example.com
                "date": Tue, 20 Apr 2021 02:07:56 GMT
                "x-ows-header": Leading and trailing whitespace.
                "cache-control": max-age=60, must-revalidate
                "example-dict": a=1,    b=2;x=1;y=2,   c=(a   b   c)
                "x-empty-header": \("")
                "@signature-params": \(input)
                """)
    }

    /// Appendix B.4: what intermediaries may do, and what they may not.
    @Test func survivesHarmlessTransformations() throws {
        let vector = try #require(MessageSignatureVector.all.last)
        let pem = try #require(vector.key)
        let key = try PublicKey(pem: pem)
        let signature = try #require(Base64.decode(vector.signature.utf8))
        func verifies(_ change: (inout RequestMessage) -> Void) throws -> Bool {
            key.verify(signature, of: try base(vector.request.with(change), vector.input).utf8)
        }
        #expect(try verifies { _ in })
        #expect(
            try verifies {
                $0.target += "&param=added"
                $0.fields.append(HeaderField(name: "Accept-Language", value: "en-US,en;q=0.5"))
            })
        #expect(
            try verifies {
                $0.fields = [
                    HeaderField(name: "Host", value: "example.org"),
                    HeaderField(name: "Accept", value: "application/json, */*"),
                ]
            })
        #expect(try verifies { $0.fields.append($0.fields.removeFirst()) })
        #expect(try !verifies { $0.method = "POST" })
        #expect(try !verifies { $0.fields[0].value = "example.com" })
        #expect(try !verifies { $0.fields.swapAt(2, 3) })
    }
}
