import FoundationEssentials
import Keys
import Testing
import Wire

@testable import HTTPSignatures

/// The rules that decide whether a draft-cavage request can verify at all.
@Suite struct DraftCavageReaderTests {
    @Test func verifiesAnHonestDelivery() throws {
        let request = try PeerRequest().signed()
        let claim = try SignatureClaim.read(request, at: now, policy: policy).get()
        #expect(claim.keyID.string == "https://b.test/users/b#main-key")
        #expect(claim.verify(with: try PeerKeys.rsa.get().publicKey) == .verified)
        #expect(
            claim.verify(with: try PeerKeys.otherRSA.get().publicKey) == .refused(.wrongSignature))
    }

    @Test func verifiesAnHonestFetch() throws {
        #expect(try PeerRequest.get.signed().verdict() == .verified)
        let head = PeerRequest.get.with { $0.method = "HEAD" }
        #expect(try head.signed().verdict() == .verified)
    }

    // MARK: The body is bound

    @Test func refusesDigestThatIsNotSigned() throws {
        let request = PeerRequest(names: "(request-target) host date")
        #expect(try request.signed().refusalBeforeKey() == .unboundBody)
    }

    @Test func refusesSwappedBody() throws {
        let request = try PeerRequest().signed()
        #expect(request.with { $0.body.append(0x20) }.refusalBeforeKey() == .wrongDigest)
        #expect(request.with { $0.body = [] }.refusalBeforeKey() == .wrongDigest)
    }

    @Test func refusesSwappedBodyWithItsDigest() throws {
        let body = Array("{}".utf8)
        var request = try PeerRequest().signed().with { $0.body = body }
        request.fields.removeAll { $0.name == "Digest" }
        #expect(
            try request.adding("Digest", BodyDigest.field(for: body)).verdict()
                == .refused(.wrongSignature))
    }

    @Test func refusesMissingDigest() throws {
        let request = PeerRequest(names: "(request-target) host date content-type")
        var signed = try request.signed()
        signed.fields.removeAll { $0.name == "Digest" }
        #expect(signed.refusalBeforeKey() == .missingDigest)
        let empty = request.with { $0.body = [] }
        #expect(try empty.signed().refusalBeforeKey() == .missingDigest)
    }

    @Test func refusesDigestOnTheListButNotInTheRequest() throws {
        var signed = try PeerRequest().signed()
        signed.fields.removeAll { $0.name == "Digest" }
        #expect(signed.refusalBeforeKey() == .absentField)
    }

    @Test func refusesTwoDigestsOneWrong() throws {
        let wrong = BodyDigest.field(for: [])
        let right = BodyDigest.field(for: PeerRequest().body)
        for digest in ["\(right),\(wrong)", "\(wrong), \(right)"] {
            let request = PeerRequest(digest: digest)
            #expect(try request.signed().refusalBeforeKey() == .wrongDigest)
        }
        #expect(
            try PeerRequest().signed().adding("digest", wrong).refusalBeforeKey() == .duplicateField
        )
    }

    @Test func bodyOfAFetchIsBoundToo() throws {
        let request = PeerRequest.get.with { $0.body = [1] }
        #expect(try request.signed().refusalBeforeKey() == .unboundBody)
    }

    // MARK: The request line is bound

    @Test func refusesSignatureOverDateOnly() throws {
        for names in [nil, "date", "host date digest"] {
            let request = PeerRequest(names: names)
            let expected: Refusal = names == nil ? .missingFieldList : .unboundTarget
            #expect(try request.signed().refusalBeforeKey() == expected)
        }
    }

    @Test func refusesSignatureMadeForAnotherInbox() throws {
        let request = try PeerRequest().signed().with { $0.target = "/users/max/inbox" }
        #expect(try request.verdict() == .refused(.wrongSignature))
    }

    @Test func refusesFetchSignatureOnDelivery() throws {
        let digest = BodyDigest.field(for: [])
        let fetch = PeerRequest.get.with {
            $0.digest = digest
            $0.names = "(request-target) host date digest"
        }
        let signed = try fetch.signed()
        #expect(try signed.verdict() == .verified)
        #expect(try signed.with { $0.method = "POST" }.verdict() == .refused(.wrongSignature))
    }

    // MARK: The host is bound

    @Test func refusesDeliveryMadeForAnotherServer() throws {
        let request = PeerRequest(fields: [HeaderField(name: "Host", value: "e.test")])
            .with { $0.names = "(request-target) host date digest" }
        #expect(try request.signed().refusalBeforeKey() == .foreignHost)
        let replayed = try request.signed().with { $0.fields[0].value = "s.test" }
        #expect(try replayed.verdict() == .refused(.wrongSignature))
    }

    @Test func refusesHostThatIsNotSigned() throws {
        let request = PeerRequest(names: "(request-target) date digest")
        #expect(try request.signed().refusalBeforeKey() == .unboundHost)
    }

    @Test func refusesMissingHost() throws {
        var request = try PeerRequest().signed()
        request.fields.removeAll { $0.name == "Host" }
        #expect(request.refusalBeforeKey() == .absentField)
    }

    @Test(
        "knows its own names whatever their case and port",
        arguments: [
            ("s.test", true), ("S.Test", true), ("s.test:443", true), ("localhost:8080", true),
            ("s.test:80", false), ("s.test:8443", false), ("s.test.", true), ("localhost", false),
            ("www.s.test", false), ("s.test:", false), ("s.test:0443", true),
            ("s.test@e.test", false),
            ("", false), ("s.te\u{017F}t", false), ("s.test,e.test", false),
            ("s.test e.test", false),
        ])
    func knowsItsOwnNames(host: String, accepted: Bool) throws {
        let request = PeerRequest.get.with { $0.fields[0].value = host }
        #expect(try request.signed().verdict() == (accepted ? .verified : .refused(.foreignHost)))
    }

    // MARK: The key is named by a URI

    @Test(arguments: [
        "", "Test", "acct:b@b.test", "/users/b#main-key", "https://b.test/%0d%0aX:1",
        "https://u:p@b.test/k",
    ])
    func noClaimWithoutKeyID(keyID: String) throws {
        #expect(try PeerRequest(keyID: keyID).signed().refusalBeforeKey() == .malformedKeyID)
    }

    // MARK: The time is bound

    @Test(
        "takes dates from 65 minutes ago to 5 minutes ahead",
        arguments: [
            (-7200, Refusal?.some(.tooOld)), (-3901, .tooOld), (-3900, nil), (-3300, nil), (0, nil),
            (300, nil), (301, .inFuture), (600, .inFuture),
        ])
    func boundsTime(offset: Int, refusal: Refusal?) throws {
        let moment = 1_700_000_000 + offset
        let dated = PeerRequest(
            date: HTTPDate.format(Date(timeIntervalSince1970: Double(moment))))
        #expect(try dated.signed().refusalBeforeKey() == refusal)
        let created = PeerRequest(date: nil).with {
            $0.names = "(request-target) host (created) digest"
            $0.algorithm = "hs2019"
            $0.created = String(moment)
        }
        #expect(try created.signed().refusalBeforeKey() == refusal)
    }

    @Test func refusesSignatureWithoutTime() throws {
        let unsignedDate = PeerRequest(names: "(request-target) host digest")
        #expect(try unsignedDate.signed().refusalBeforeKey() == .unboundTime)
        let none = PeerRequest(date: nil, names: "(request-target) host digest")
        #expect(try none.signed().refusalBeforeKey() == .unboundTime)
        let absent = try PeerRequest().signed().with { $0.fields.removeAll { $0.name == "Date" } }
        #expect(absent.refusalBeforeKey() == .absentField)
    }

    @Test func clockThatShowsNothingVerifiesNothing() throws {
        let request = try PeerRequest().signed()
        for absurd in [Double.nan, .infinity, -.infinity] {
            let moment = Date(timeIntervalSince1970: absurd)
            #expect(request.refusalBeforeKey(at: moment) != nil)
        }
    }

    @Test(
        "refuses unparsable dates",
        arguments: [
            "", "now", "Tue, 14 Nov 2023 22:13:20", "Tue, 14 Nov 2023 22:13:20 CET",
            "2023-11-14T22:13:20Z", "1700000000",
        ])
    func refusesUnparsableDate(date: String) throws {
        #expect(try PeerRequest(date: date).signed().refusalBeforeKey() == .malformedDate)
    }

    @Test func everyTimeThatIsGivenHasToBeRight() throws {
        let good = PeerRequest(algorithm: "hs2019").with {
            $0.names = "(request-target) host date (created) (expires) digest"
            $0.created = "1700000000"
            $0.expires = "1700000060"
        }
        #expect(try good.signed().verdict() == .verified)
        let cases: [(Refusal, (inout PeerRequest) -> Void)] = [
            (.expired, { $0.expires = "1699999999" }),
            (.inFuture, { $0.created = "1700000301" }),
            (.tooOld, { $0.created = "1" }),
            (.tooOld, { $0.date = "Tue, 14 Nov 2023 20:13:20 GMT" }),
            (.malformedTimestamp, { $0.created = "9999999999999999999" }),
            (.malformedTimestamp, { $0.expires = "99999999999999999999999999" }),
            (.malformedTimestamp, { $0.expires = "\"\"" }),
            (.malformedTimestamp, { $0.created = "\"-1\"" }),
        ]
        for (refusal, change) in cases {
            #expect(try good.with(change).signed().refusalBeforeKey() == refusal)
        }
        let unsigned = PeerRequest(expires: "1699999999")
        #expect(try unsigned.signed().refusalBeforeKey() == .expired)
    }

    @Test func farFutureExpiryExtendsNothing() throws {
        let tooOld = HTTPDate.format(now.addingTimeInterval(-3901))
        let request = PeerRequest(date: tooOld, algorithm: "hs2019")
            .with { $0.expires = "9000000000000000000" }
        #expect(try request.signed().refusalBeforeKey() == .tooOld)
    }

    @Test func replayInsideTheWindowIsLeftToTheCaller() throws {
        let request = try PeerRequest().signed()
        #expect(try request.verdict() == .verified)
        #expect(try request.verdict(at: now.addingTimeInterval(3900)) == .verified)
        #expect(try request.verdict(at: now.addingTimeInterval(3901)) == .refused(.tooOld))
    }

    @Test(
        "created and expires belong to algorithms that know them",
        arguments: [
            ("rsa-sha256", false), ("rsa-sha512", false), ("hs2019", true),
        ])
    func timePseudoFields(algorithm: String, allowed: Bool) throws {
        for name in ["(created)", "(expires)"] {
            let request = PeerRequest(algorithm: algorithm).with {
                $0.names = "(request-target) host date digest \(name)"
                $0.created = "1700000000"
                $0.expires = "1700000000"
            }
            #expect(
                try request.signed().refusalBeforeKey() == (allowed ? nil : .forbiddenPseudoField))
        }
    }

    @Test func listedTimesMustBeGiven() throws {
        let request = PeerRequest(algorithm: "hs2019").with {
            $0.names = "(request-target) host date digest (created)"
            $0.created = "1700000000"
        }
        var signed = try request.signed()
        signed.fields[signed.fields.count - 1].value.replace("created=1700000000,", with: "")
        #expect(signed.refusalBeforeKey() == .absentField)
    }
}
