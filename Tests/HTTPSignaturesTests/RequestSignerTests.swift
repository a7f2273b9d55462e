import FoundationEssentials
import Keys
import Testing
import Wire

@testable import HTTPSignatures

@Suite struct RequestSignerTests {
    private func signer(_ key: Result<PrivateKey, any Error> = PeerKeys.rsa) throws -> RequestSigner
    {
        RequestSigner(
            keyID: try #require(URI("https://a.test/users/mika#main-key")), key: try key.get())
    }

    private func delivery() throws -> OutgoingRequest {
        OutgoingRequest(
            method: "POST", uri: try #require(URI("https://S.test:443/users/noor/inbox#x")),
            content: .init(type: "application/activity+json", bytes: Array("{}".utf8)))
    }

    private func fetch(_ target: String) throws -> OutgoingRequest {
        OutgoingRequest(
            method: "GET", uri: try #require(URI("http://localhost:8080\(target)")))
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

    @Test func signsDeliveriesAsEveryPeerAcceptsThem() throws {
        let added = try signer().fields(for: delivery(), at: now)
        #expect(added.map(\.name) == ["Date", "Digest", "Signature"])
        #expect(added[0].value == "Tue, 14 Nov 2023 22:13:20 GMT")
        #expect(added[1].value == "SHA-256=RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=")
        #expect(
            added[2].value.hasPrefix(
                #"keyId="https://a.test/users/mika#main-key",algorithm="rsa-sha256","#
                    + #"headers="(request-target) host date digest content-type",signature=""#))
        let request = received(try delivery(), added)
        #expect(try request.verdict() == .verified)
        for changed in [
            request.with { $0.target += "2" }, request.with { $0.method = "PUT" },
            request.with { $0.fields.removeLast() }, request.with { $0.body = [] },
            request.with { $0.fields[1].value = "Tue, 14 Nov 2023 22:13:21 GMT" },
        ] {
            #expect(try changed.verdict() != .verified)
        }
    }

    @Test func signsFetchesWithTheirQueryFirst() throws {
        let request = try fetch("/users/noor/outbox?page=1")
        let full = try signer().fields(for: request, at: now)
        let pathOnly = try signer().fields(for: request, at: now, form: .draftCavage(.withoutQuery))
        #expect(full.map(\.name) == ["Date", "Signature"])
        #expect(full[1].value.contains(#"headers="(request-target) host date","#))
        #expect(full[1].value != pathOnly[1].value)
        #expect(try received(request, full).verdict() == .verified)
        #expect(try received(request, pathOnly).verdict() == .verified)
        let other = try fetch("/users/noor/outbox?page=2")
        #expect(try received(other, full).verdict() == .refused(.wrongSignature))
    }

    @Test func daysAreZeroPadded() throws {
        let moment = Date(timeIntervalSince1970: 1_388_957_500.7)
        let added = try signer().fields(for: fetch("/"), at: moment)
        #expect(added[0].value == "Sun, 05 Jan 2014 21:31:40 GMT")
    }

    @Test func emptyBodiesAreDigestedToo() throws {
        let request = try delivery().with { $0.content?.bytes = [] }
        let added = try signer().fields(for: request, at: now)
        #expect(added[1].value == "SHA-256=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")
        #expect(try received(request, added).verdict() == .verified)
    }

    @Test(
        "the target is what stands on the request line",
        arguments: [("", "/"), ("?q=1", "/?q=1"), ("/a%20b?c#d", "/a%20b?c")])
    func targetOfTheRequestLine(path: String, target: String) throws {
        let request = try fetch(path)
        let added = try signer().fields(for: request, at: now)
        #expect(request.uri.requestTarget == target)
        #expect(try received(request, added).verdict() == .verified)
    }

    @Test func refusesMalformedContent() throws {
        let bad = try [
            delivery().with { $0.content = nil },
            delivery().with { $0.content?.type = "" },
            delivery().with { $0.content?.type = "text/plain\r\nX: 1" },
            delivery().with { $0.method = "GET" },
            delivery().with { $0.method = "post" },
        ]
        for request in bad {
            #expect(throws: SigningError.malformedRequest) {
                try signer().fields(for: request, at: now)
            }
        }
    }

    @Test func refusesKeysThatPeersCannotVerify() throws {
        let signer = try signer(PeerKeys.ed25519)
        let request = try delivery()
        #expect(throws: SigningError.key) { try signer.fields(for: request, at: now) }
    }
}

extension OutgoingRequest {
    fileprivate func with(_ change: (inout OutgoingRequest) -> Void) -> OutgoingRequest {
        var copy = self
        change(&copy)
        return copy
    }
}
