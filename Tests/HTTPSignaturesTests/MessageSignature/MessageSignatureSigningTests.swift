import FoundationEssentials
import Keys
import Testing
import Wire

@testable import HTTPSignatures

@Suite struct MessageSignatureSigningTests {
    private func signer(_ key: Result<PrivateKey, any Error> = PeerKeys.rsa) throws -> RequestSigner {
        RequestSigner(keyID: try #require(URI("https://a.test/users/mika#main-key")), key: try key.get())
    }

    private func delivery() throws -> OutgoingRequest {
        OutgoingRequest(
            method: "POST", uri: try #require(URI("https://S.test:443/users/noor/inbox#x")),
            content: .init(type: "application/activity+json", bytes: Array("{}".utf8)))
    }

    private func fetch(_ target: String) throws -> OutgoingRequest {
        OutgoingRequest(method: "GET", uri: try #require(URI("http://localhost:8080\(target)")))
    }

    /// The request as the other side receives it.
    private func received(_ request: OutgoingRequest, _ added: [HeaderField]) -> RequestMessage {
        var fields = [HeaderField(name: "host", value: request.uri.authority)] + added
        if let content = request.content {
            fields.append(HeaderField(name: "content-type", value: content.type))
        }
        return RequestMessage(
            method: request.method, target: request.uri.requestTarget, fields: fields,
            body: request.content?.bytes ?? [])
    }

    @Test func signsDeliveriesAsEveryVerifierReadsThem() throws {
        let added = try signer().fields(for: delivery(), at: now, form: .messageSignature)
        #expect(added.map(\.name) == ["Date", "Content-Digest", "Signature-Input", "Signature"])
        #expect(added[0].value == "Tue, 14 Nov 2023 22:13:20 GMT")
        #expect(added[1].value == "sha-256=:RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=:")
        #expect(
            added[2].value
                == #"sig1=("@method" "@target-uri" "@authority" "content-digest" "content-type");created=1700000000"#
                + #";keyid="https://a.test/users/mika#main-key";alg="rsa-v1_5-sha256""#)
        let request = received(try delivery(), added)
        #expect(try request.verdict() == .verified)
        let claim = try SignatureClaim.read(request, at: now, policy: policy).get()
        #expect(
            String(decoding: try #require(claim.signingStrings.first), as: UTF8.self) == """
                "@method": POST
                "@target-uri": https://s.test/users/noor/inbox
                "@authority": s.test
                "content-digest": sha-256=:RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=:
                "content-type": application/activity+json
                "@signature-params": \(added[2].value.dropFirst(5))
                """)
        for changed in [
            request.with { $0.target += "2" }, request.with { $0.method = "PUT" },
            request.with { $0.fields.removeLast() }, request.with { $0.body = [] },
            request.replacing("content-type", with: "text/html"), request.replacing("host", with: "localhost:8080"),
        ] {
            #expect(try changed.verdict() != .verified)
        }
        #expect(try request.without("Date").verdict() == .verified)
    }

    @Test(arguments: ["/users/noor/outbox?page=1", "/a%20b?", "/", "", "?q=1", "//x/../y?a?b&c=%C3%A9"])
    func signsFetchesWithTheirQuery(target: String) throws {
        let request = try fetch(target)
        let added = try signer().fields(for: request, at: now, form: .messageSignature)
        #expect(added.map(\.name) == ["Date", "Signature-Input", "Signature"])
        #expect(added[1].value.hasPrefix(#"sig1=("@method" "@target-uri" "@authority");created="#))
        let message = received(request, added)
        #expect(try message.verdict() == .verified)
        #expect(try message.with { $0.target += "x" }.verdict() == .refused(.wrongSignature))
    }

    @Test func emptyBodiesAreDigestedToo() throws {
        var request = try delivery()
        request.content?.bytes = []
        let added = try signer().fields(for: request, at: now, form: .messageSignature)
        #expect(added[1].value == "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:")
        #expect(try received(request, added).verdict() == .verified)
    }

    @Test func fractionsOfASecondAreCutOff() throws {
        let moment = Date(timeIntervalSince1970: 1_388_957_500.9)
        let added = try signer().fields(for: fetch("/"), at: moment, form: .messageSignature)
        #expect(added[0].value == "Sun, 05 Jan 2014 21:31:40 GMT")
        #expect(added[1].value.contains(";created=1388957500;"))
        #expect(try received(fetch("/"), added).verdict(at: moment) == .verified)
    }

    @Test func refusesWhatCannotBeSigned() throws {
        var unframed = try delivery()
        unframed.content?.type = "text/plain\r\nX: 1"
        #expect(throws: SigningError.malformedRequest) {
            try signer().fields(for: unframed, at: now, form: .messageSignature)
        }
        for absurd in [Double.nan, .infinity] {
            let moment = Date(timeIntervalSince1970: absurd)
            #expect(throws: SigningError.malformedRequest) {
                try signer().fields(for: fetch("/"), at: moment, form: .messageSignature)
            }
        }
        #expect(throws: SigningError.key) {
            try signer(PeerKeys.ed25519).fields(for: delivery(), at: now, form: .messageSignature)
        }
    }
}
