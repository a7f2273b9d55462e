import FoundationEssentials
import Testing
import Wire

@testable import HTTPSignatures
@testable import Keys

/// draft-cavage-http-signatures-12 section 2.3 and appendix C.
@Suite struct SigningStringTests {
    /// The request of appendix C.
    private let request = RequestMessage(
        method: "POST", target: "/foo?param=value&pet=dog",
        fields: [
            HeaderField(name: "Host", value: "example.com"),
            HeaderField(name: "Date", value: "Sun, 05 Jan 2014 21:31:40 GMT"),
            HeaderField(name: "Content-Type", value: "application/json"),
            HeaderField(
                name: "Digest", value: "SHA-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE="),
            HeaderField(name: "Content-Length", value: "18"),
        ],
        body: Array(#"{"hello": "world"}"#.utf8))

    private static let key = """
        -----BEGIN PUBLIC KEY-----
        MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDCFENGw33yGihy92pDjZQhl0C3
        6rPJj+CvfSC8+q28hxA161QFNUd13wuCTUcq0Qd2qsBe/2hFyc2DCJJg0h1L78+6
        Z4UMR7EOcpfdUE9Hf3m/hs+FUR45uBJeDK1HSFHD8bHKD6kv8FPGfJTotc+2xjJw
        oYi+1hqp1fIekaxsyQIDAQAB
        -----END PUBLIC KEY-----
        """

    private static let vectors: [(names: String?, string: String, signature: String)] = [
        (
            nil, "date: Sun, 05 Jan 2014 21:31:40 GMT",
            "SjWJWbWN7i0wzBvtPl8rbASWz5xQW6mcJmn+ibttBqtifLN7Sazz6m79cNfwwb8DMJ5cou1s7uEGKKCs+FLE"
                + "EaDV5lp7q25WqS+lavg7T8hc0GppauB6hbgEKTwblDHYGEtbGmtdHgVCk9SuS13F0hZ8FD0k/5OxEPXe"
                + "5WozsbM="
        ),
        (
            "(request-target) host date",
            """
            (request-target): post /foo?param=value&pet=dog
            host: example.com
            date: Sun, 05 Jan 2014 21:31:40 GMT
            """,
            "qdx+H7PHHDZgy4y/Ahn9Tny9V3GP6YgBPyUXMmoxWtLbHpUnXS2mg2+SbrQDMCJypxBLSPQR2aAjn7ndmw2i"
                + "icw3HMbe8VfEdKFYRqzic+efkb3nndiv/x1xSHDJWeSWkx3ButlYSuBskLu6kd9Fswtemr3lgdDEmn04"
                + "swr2Os0="
        ),
        (
            "(request-target) host date content-type digest content-length",
            """
            (request-target): post /foo?param=value&pet=dog
            host: example.com
            date: Sun, 05 Jan 2014 21:31:40 GMT
            content-type: application/json
            digest: SHA-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=
            content-length: 18
            """,
            "vSdrb+dS3EceC9bcwHSo4MlyKS59iFIrhgYkz8+oVLEEzmYZZvRs8rgOp+63LEM3v+MFHB32NfpB2bEKBIvB"
                + "1q52LaEUHFv120V01IL+TAD48XaERZFukWgHoBTLMhYS2Gb51gWxpeIq8knRmPnYePbF5MOkR0Zkly4z"
                + "KH7s1dE="
        ),
    ]

    @Test(arguments: vectors)
    func buildsThePublishedStrings(names: String?, string: String, signature: String) throws {
        #expect(try text(of: names ?? "date") == string)
        let limits = RSALimits(modulusBits: 1024...1024, exponent: 3...65537)
        let key = try PublicKey(pem: Self.key, limits: limits)
        let bytes = try #require(Base64.decode(signature.utf8))
        #expect(key.verify(bytes, of: string.utf8))
    }

    /// The same requests as whole messages: what appendix C.1 and C.2 leave open is refused here,
    /// and C.3 satisfies every rule.
    @Test(arguments: zip(vectors, [Refusal.missingFieldList, .unboundBody, nil]))
    func judgesThePublishedRequests(
        vector: (names: String?, string: String, signature: String),
        refusal: Refusal?
    ) throws {
        let list = vector.names.map { #"headers="\#($0)","# } ?? ""
        let parameters =
            #"keyId="https://example.com/key",algorithm="rsa-sha256",\#(list)signature="\#(vector.signature)""#
        let ours = VerificationPolicy(
            origins: [Origin(scheme: .https, host: "example.com", port: 443)])
        let key = try PublicKey(
            pem: Self.key, limits: RSALimits(modulusBits: 1024...1024, exponent: 3...65537))
        for (name, prefix) in [("Signature", ""), ("Authorization", "Signature ")] {
            let outcome = SignatureClaim.read(
                request.adding(name, prefix + parameters),
                at: Date(timeIntervalSince1970: 1_388_957_500), policy: ours)
            switch outcome {
            case .success(let claim):
                #expect(refusal == nil)
                #expect(claim.verify(with: key) == .verified)
            case .failure(let reason):
                #expect(reason == refusal)
            }
        }
    }

    @Test func trimsJoinsAndKeepsEmptyValues() throws {
        let request = RequestMessage(
            method: "GET", target: "/foo",
            fields: [
                HeaderField(name: "Host", value: "example.org"),
                HeaderField(name: "Date", value: "Tue, 07 Jun 2014 20:51:35 GMT"),
                HeaderField(
                    name: "X-Example", value: "  Example header\twith some whitespace.  \t"),
                HeaderField(name: "X-EmptyHeader", value: ""),
                HeaderField(name: "Cache-Control", value: "max-age=60"),
                HeaderField(name: "Cache-Control", value: "must-revalidate"),
            ])
        let names = "(request-target) (created) host date cache-control x-emptyheader x-example"
        let string = try SigningString.build(
            names.split(separator: " ").map { Array($0.utf8) }, of: request,
            target: request.target.utf8, created: Array("1402170695".utf8)[...])
        let expected = [
            "(request-target): get /foo", "(created): 1402170695", "host: example.org",
            "date: Tue, 07 Jun 2014 20:51:35 GMT", "cache-control: max-age=60, must-revalidate",
            "x-emptyheader: ", "x-example: Example header\twith some whitespace.",
        ]
        #expect(String(decoding: string, as: UTF8.self) == expected.joined(separator: "\n"))
    }

    @Test(arguments: ["x-absent", "(created)", "(expires)", ""])
    func absentNamesHaveNoLine(name: String) {
        #expect(throws: Refusal.absentField) {
            try SigningString.build([Array(name.utf8)], of: request, target: request.target.utf8)
        }
    }

    private func text(of names: String) throws -> String {
        let string = try SigningString.build(
            names.split(separator: " ").map { Array($0.utf8) }, of: request,
            target: request.target.utf8)
        return String(decoding: string, as: UTF8.self)
    }
}
