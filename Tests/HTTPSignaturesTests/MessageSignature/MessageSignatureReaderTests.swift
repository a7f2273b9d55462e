import FoundationEssentials
import Keys
import Testing
import Wire

@testable import HTTPSignatures

/// The rules that decide whether an RFC 9421 request can verify at all.
@Suite struct MessageSignatureReaderTests {
    @Test func verifiesAnHonestDelivery() throws {
        let request = try MessagePeerRequest().signed()
        let claim = try SignatureClaim.read(request, at: now, policy: policy).get()
        #expect(claim.keyID.string == "https://b.test/users/b#main-key")
        #expect(claim.signingStrings == [Array(MessagePeerRequest().base.utf8)])
        #expect(claim.verify(with: try PeerKeys.rsa.get().publicKey) == .verified)
        #expect(claim.verify(with: try PeerKeys.otherRSA.get().publicKey) == .refused(.wrongSignature))
    }

    @Test func verifiesAnHonestFetch() throws {
        #expect(try MessagePeerRequest.get.signed().verdict() == .verified)
        #expect(try MessagePeerRequest.get.with { $0.method = "HEAD" }.signed().verdict() == .verified)
    }

    @Test func verifiesEverythingThatCanBeCovered() throws {
        let peer = MessagePeerRequest().with {
            $0.target = "/users/ann/inbox?x=1"
            $0.components =
                SignatureComponent.Derived.allCases.map { "\"\($0.rawValue)\"" }
                + ["date", "host", "content-type", "content-digest"].map { "\"\($0)\"" }
            $0.expires = "1700000001"
            $0.further = #";nonce="a\"b\\c";tag="app-123";unknown=?0;flag"#
        }
        #expect(try peer.signed().verdict() == .verified)
    }

    // MARK: Every mandatory piece

    private static let lacks: [(Refusal, @Sendable (inout MessagePeerRequest) -> Void)] = [
        (.unboundMethod, { $0.components = [#""@target-uri""#, #""content-digest""#] }),
        (.unboundTarget, { $0.components = [#""@method""#, #""content-digest""#] }),
        (.unboundTarget, { $0.components = [#""@method""#, #""@path""#, #""@authority""#, #""content-digest""#] }),
        (.unboundBody, { $0.components = [#""@method""#, #""@target-uri""#] }),
        (.malformedFieldList, { $0.components = [] }),
        (.unboundTime, { $0.created = nil }),
        (.missingParameter, { $0.keyID = nil }),
        (.missingDigest, { ($0.digest, $0.components) = ("", $0.components.dropLast()) }),
        (.absentField, { $0.digest = "" }),
        (.absentField, { $0.components.append(#""x-absent""#) }),
    ]

    @Test("refuses a delivery that lacks a piece", arguments: lacks.indices)
    func refusesWithoutAPiece(index: Int) throws {
        let (refusal, change) = Self.lacks[index]
        #expect(try MessagePeerRequest().with(change).signed().refusalBeforeKey() == refusal)
    }

    @Test func refusesWithoutAField() throws {
        let request = try MessagePeerRequest().signed()
        #expect(request.without("Signature").refusalBeforeKey() == .unmatchedLabel)
        #expect(request.without("Host").refusalBeforeKey() == .absentField)
        #expect(request.without("Content-Digest").refusalBeforeKey() == .absentField)
        #expect(request.without("Date").refusalBeforeKey() == nil)
    }

    /// Without Signature-Input it is a draft-cavage request, and a bad one.
    @Test func neverFallsBackToTheDraft() throws {
        let request = try MessagePeerRequest().signed()
        #expect(request.without("Signature-Input").refusalBeforeKey() == .malformedParameters)
        #expect(request.without("Signature-Input").without("Signature").refusalBeforeKey() == .unsigned)
    }

    // MARK: The body is bound

    @Test func refusesSwappedBody() throws {
        let request = try MessagePeerRequest().signed()
        #expect(request.with { $0.body.append(0x20) }.refusalBeforeKey() == .wrongDigest)
        #expect(request.with { $0.body = [] }.refusalBeforeKey() == .wrongDigest)
        let body = Array("{}".utf8)
        let swapped = request.with { $0.body = body }
            .replacing("Content-Digest", with: ContentDigest.field(for: body))
        #expect(try swapped.verdict() == .refused(.wrongSignature))
    }

    @Test func everyKnownDigestHasToBeRight() throws {
        let body = MessagePeerRequest().body
        let right = ContentDigest.field(for: body)
        let sha512 = Base64.encode(Digest.sha512(body))
        #expect(try MessagePeerRequest(digest: "sha-512=:\(sha512):, \(right)").signed().verdict() == .verified)
        for (digest, refusal) in [
            ("\(right), sha-512=:AAAA:", Refusal.wrongDigest),
            ("sha-512=:\(sha512):", .malformedDigest), ("sha-256=abc", .malformedDigest),
            (ContentDigest.field(for: []), .wrongDigest), (BodyDigest.field(for: body), .malformedDigest),
        ] {
            #expect(try MessagePeerRequest(digest: digest).signed().refusalBeforeKey() == refusal)
        }
    }

    @Test func theDraftsDigestDoesNotStandIn() throws {
        let peer = MessagePeerRequest(digest: "").with {
            $0.fields.append(HeaderField(name: "Digest", value: BodyDigest.field(for: $0.body)))
            $0.components = [#""@method""#, #""@target-uri""#, #""digest""#]
        }
        #expect(try peer.signed().refusalBeforeKey() == .missingDigest)
    }

    @Test func bodyOfAFetchIsBoundToo() throws {
        #expect(try MessagePeerRequest.get.with { $0.body = [1] }.signed().refusalBeforeKey() == .unboundBody)
        let empty = MessagePeerRequest().with { $0.body = [] }
        #expect(try empty.with { $0.components.removeLast() }.signed().refusalBeforeKey() == .missingDigest)
        let digested = empty.with { $0.digest = ContentDigest.field(for: []) }
        #expect(try digested.signed().verdict() == .verified)
        #expect(try digested.with { $0.components.removeLast() }.signed().refusalBeforeKey() == .unboundBody)
        let fetch = MessagePeerRequest.get.with { $0.digest = ContentDigest.field(for: [1]) }
        #expect(try fetch.signed().refusalBeforeKey() == .wrongDigest)
    }

    // MARK: The request line and the host are bound

    @Test(
        "refuses a signature made for something else",
        arguments: [
            ("POST", "/users/max/inbox"), ("POST", "/users/ann/inbox?x=1"), ("POST", "/users/ann/inbox?"),
            ("POST", "//users/ann/inbox"), ("POST", "/users/%61nn/inbox"), ("PUT", "/users/ann/inbox"),
        ])
    func refusesAnotherRequestLine(method: String, target: String) throws {
        let request = try MessagePeerRequest().signed().with { ($0.method, $0.target) = (method, target) }
        #expect(try request.verdict() == .refused(.wrongSignature))
    }

    @Test func targetsOfFetchesAreExactToo() throws {
        let request = try MessagePeerRequest.get.signed().with { $0.target = "/users/ann" }
        #expect(try request.verdict() == .refused(.wrongSignature))
        let pathOnly = try MessagePeerRequest.get.with { $0.target = "/users/ann" }.signed()
        #expect(try pathOnly.with { $0.target += "?page=1" }.verdict() == .refused(.wrongSignature))
    }

    /// A delivery to another server, brought here: as it was, and with our Host.
    @Test func refusesDeliveryMadeForAnotherServer() throws {
        let peer = MessagePeerRequest(origin: "https://e.test")
            .with { $0.fields[0].value = "e.test" }
        #expect(try peer.signed().refusalBeforeKey() == .foreignHost)
        #expect(try peer.signed().replacing("Host", with: "s.test").verdict() == .refused(.wrongSignature))
    }

    @Test(
        "names itself by its public origin",
        arguments: [
            ("https://s.test", "s.test", true), ("https://s.test", "S.TEST:443", true),
            ("http://s.test", "s.test", false), ("https://S.test", "s.test", false),
            ("https://s.test:443", "s.test", false), ("http://localhost:8080", "localhost:8080", true),
            ("https://localhost:8080", "localhost:8080", false),
        ])
    func publicOrigin(origin: String, host: String, accepted: Bool) throws {
        let peer = MessagePeerRequest(origin: origin).with { $0.fields[0].value = host }
        #expect(try peer.signed().verdict() == (accepted ? .verified : .refused(.wrongSignature)))
    }

    @Test func hostOfTwoOriginsMeansEither() throws {
        let both = VerificationPolicy(origins: [
            Origin(scheme: .https, host: "s.test", port: 443), Origin(scheme: .http, host: "s.test", port: 80),
        ])
        for origin in ["https://s.test", "http://s.test"] {
            let request = try MessagePeerRequest(origin: origin).signed()
            let claim = try SignatureClaim.read(request, at: now, policy: both).get()
            #expect(claim.verify(with: try PeerKeys.rsa.get().publicKey) == .verified)
        }
    }

    @Test(
        "refuses what is no request line",
        arguments: [
            ("POST", ""), ("POST", "https://s.test/inbox"), ("POST", "*"), ("POST", "/a b"), ("post", "/inbox"),
            ("POST", "/\u{E9}"),
        ])
    func refusesMalformedRequestLine(method: String, target: String) throws {
        let request = try MessagePeerRequest(method: method, target: target).signed()
        #expect(request.refusalBeforeKey() == .malformedRequestLine)
    }

    // MARK: The time is bound

    @Test(
        "takes signatures from 65 minutes ago to 5 minutes ahead",
        arguments: [
            (-7200, Refusal?.some(.tooOld)), (-3901, .tooOld), (-3900, nil), (0, nil), (300, nil), (301, .inFuture),
        ])
    func boundsTime(offset: Int, refusal: Refusal?) throws {
        let peer = MessagePeerRequest(created: String(1_700_000_000 + offset))
        #expect(try peer.signed().refusalBeforeKey() == refusal)
        let date = HTTPDate.format(now.addingTimeInterval(Double(offset)))
        #expect(try MessagePeerRequest().signed().replacing("Date", with: date).refusalBeforeKey() == refusal)
    }

    @Test(
        "obeys expires, and takes integers only",
        arguments: [
            ("1700000000", "1700000000", Refusal?.none), ("1700000000", "999999999999999", nil),
            ("1700000000", "1699999999", .expired), ("1700000000", "-1", .expired),
            ("1699990000", "1700000060", .tooOld), ("-1700000000", nil, .tooOld),
            ("999999999999999", nil, .inFuture), ("\"1700000000\"", nil, .malformedTimestamp),
            ("1700000000", "\"\"", .malformedTimestamp), ("1700000000", "soon", .malformedTimestamp),
            ("?1", nil, .malformedTimestamp), ("1700000000.5", nil, .malformedSignatureInput),
            ("9999999999999999", nil, .malformedSignatureInput), ("", nil, .malformedSignatureInput),
            ("@1700000000", nil, .malformedSignatureInput),
        ] as [(String, String?, Refusal?)])
    func obeysTimes(created: String, expires: String?, refusal: Refusal?) throws {
        let peer = MessagePeerRequest(created: created, expires: expires)
        #expect(try peer.signed().refusalBeforeKey() == refusal)
    }

    @Test func aDateThatIsThereHasToBeOne() throws {
        let request = try MessagePeerRequest().signed()
        #expect(request.replacing("Date", with: "yesterday").refusalBeforeKey() == .malformedDate)
        #expect(request.replacing("Date", with: "").refusalBeforeKey() == .malformedDate)
    }

    @Test func replayInsideTheWindowIsLeftToTheCaller() throws {
        let request = try MessagePeerRequest().signed()
        #expect(try request.verdict(at: now.addingTimeInterval(3900)) == .verified)
        #expect(try request.verdict(at: now.addingTimeInterval(3901)) == .refused(.tooOld))
        for absurd in [Double.nan, .infinity, -.infinity] {
            #expect(request.refusalBeforeKey(at: Date(timeIntervalSince1970: absurd)) != nil)
        }
    }
}
