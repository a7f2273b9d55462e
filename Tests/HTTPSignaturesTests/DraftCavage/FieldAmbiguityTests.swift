import FoundationEssentials
import Keys
import Testing

@testable import HTTPSignatures

/// Requests that two readers could understand differently are refused.
@Suite struct FieldAmbiguityTests {
    @Test(
        "refuses a second copy of a field that matters",
        arguments: [
            ("Date", "Tue, 14 Nov 2023 22:13:20 GMT", Refusal.duplicateField),
            ("date", "Tue, 14 Nov 2023 22:13:20 GMT", .duplicateField),
            ("HOST", "s.test", .duplicateField),
            ("digest", "SHA-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=", .duplicateField),
            ("content-type", "application/activity+json", .duplicateField),
            ("signature", "keyId=\"https://e.test/k\"", .duplicateSignature),
            ("Authorization", "Signature keyId=\"https://e.test/k\"", .duplicateSignature),
            ("Signature-Input", "sig1=(\"@method\");created=1700000000", .unsupportedScheme),
        ])
    func refusesSecondCopy(name: String, value: String, refusal: Refusal) throws {
        let request = try PeerRequest().signed()
        #expect(request.adding(name, value).refusalBeforeKey() == refusal)
        #expect(
            request.with { $0.fields.insert(HeaderField(name: name, value: value), at: 0) }
                .refusalBeforeKey() == refusal)
    }

    @Test func joinsCopiesOfOtherFields() throws {
        let request = PeerRequest(names: "(request-target) host date digest x-copy").with {
            $0.fields += [
                HeaderField(name: "X-Copy", value: " one "),
                HeaderField(name: "x-copy", value: "two"),
            ]
        }
        let signed = try request.signed()
        let claim = try SignatureClaim.read(signed, at: now, policy: policy).get()
        let string = String(decoding: try #require(claim.signingStrings.first), as: UTF8.self)
        #expect(string.hasSuffix("\nx-copy: one, two"))
        #expect(try signed.verdict() == .verified)
    }

    @Test(
        "refuses folding and control bytes in any field",
        arguments: [
            "a\r\n b", "a\r\nHost: e.test", "a\nb", "a\rb", "a\0b", "a\u{7F}b", "\u{1B}[2J",
        ])
    func refusesControlBytes(value: String) throws {
        let request = try PeerRequest().signed()
        #expect(request.adding("User-Agent", value).refusalBeforeKey() == .controlByte)
        #expect(request.adding("X-\(value)", "a").refusalBeforeKey() == .controlByte)
        let folded = request.with { $0.fields[$0.fields.count - 1].value += value }
        #expect(folded.refusalBeforeKey() == .controlByte)
    }

    @Test func otherLanguagesInOtherFieldsDoNoHarm() throws {
        #expect(try PeerRequest().signed().adding("User-Agent", "sérvër\t1").verdict() == .verified)
    }

    @Test("digest names are read in any case", arguments: ["sha-256", "SHA-256", "Sha-256"])
    func digestNameInAnyCase(name: String) throws {
        let value = BodyDigest.field(for: PeerRequest().body).dropFirst("SHA-256".count)
        #expect(try PeerRequest(digest: name + value).signed().verdict() == .verified)
    }

    @Test(
        "refuses listed fields that are absent, and lists that are none",
        arguments: [
            ("(request-target) host date digest x-absent", Refusal.absentField),
            ("(request-target) host date digest (unknown)", .absentField),
            ("(request-target) host date digest digest", .malformedFieldList),
            ("(request-target) host date digest Digest", .malformedFieldList),
            ("", .malformedFieldList), ("   ", .malformedFieldList),
            ("(request-target)\thost date digest", .malformedParameters),
            ("(request-target),host,date,digest", .unboundTarget),
            ((0..<33).map { "x-\($0)" }.joined(separator: " "), .malformedFieldList),
        ])
    func refusesBadLists(names: String, refusal: Refusal) throws {
        var signed = try PeerRequest().signed()
        signed.fields[signed.fields.count - 1].value.replace(
            "(request-target) host date digest content-type", with: names)
        #expect(signed.refusalBeforeKey() == refusal)
    }

    @Test(
        "the target is taken as it came",
        arguments: [
            "/users/ann/inbox?x=1", "/users/ann/inbox?", "/users/ann/../ann/inbox",
            "/users/%61nn/inbox",
            "//users/ann/inbox", "/users//ann/inbox", "/users/ann/inbox/", "/Users/ann/inbox",
            "/users/ann/./inbox", "/users/ann%2Finbox",
        ])
    func deliveryTargetIsExact(target: String) throws {
        let sent = try PeerRequest().signed().with { $0.target = target }
        #expect(try sent.verdict() == .refused(.wrongSignature))
        #expect(try PeerRequest(target: target).signed().verdict() == .verified)
        let withoutQuery = PeerRequest(target: "/inbox?x=1", signedTarget: "/inbox")
        #expect(try withoutQuery.signed().verdict() == .refused(.wrongSignature))
    }

    @Test(
        "a fetch may be signed with or without its query",
        arguments: [
            ("/outbox?page=1", true), ("/outbox", true), ("/outbox?", false),
            ("/outbox?page=2", false),
            ("/outbox?page=1&x=2", false), ("/", false),
        ])
    func fetchTargetHasTwoForms(signedTarget: String, accepted: Bool) throws {
        let request = PeerRequest.get.with {
            $0.target = "/outbox?page=1"
            $0.signedTarget = signedTarget
        }
        #expect(
            try request.signed().verdict() == (accepted ? .verified : .refused(.wrongSignature)))
    }

    @Test(
        "refuses what is no request line",
        arguments: [
            ("POST", ""), ("POST", "users/ann/inbox"), ("POST", "https://s.test/users/ann/inbox"),
            ("POST", "*"), ("POST", "/users/ann inbox"), ("POST", "/inbox\r\nX: 1"),
            ("POST", "/\u{E9}"),
            ("post", "/users/ann/inbox"), ("", "/users/ann/inbox"), ("PO ST", "/users/ann/inbox"),
        ])
    func refusesMalformedRequestLine(method: String, target: String) throws {
        let request = try PeerRequest().signed().with {
            $0.method = method
            $0.target = target
        }
        #expect(request.refusalBeforeKey() == .malformedRequestLine)
    }

    @Test func refusesWhatIsTooMuch() throws {
        let request = try PeerRequest().signed()
        let crowded = request.with {
            $0.fields += Array(repeating: HeaderField(name: "X", value: "y"), count: 128)
        }
        #expect(crowded.refusalBeforeKey() == .oversized)
        let long = String(repeating: "x", count: 8192)
        #expect(request.with { $0.target = "/" + long }.refusalBeforeKey() == .oversized)
        let padded = request.with { $0.fields[$0.fields.count - 1].value += ",x=\"\(long)\"" }
        #expect(padded.refusalBeforeKey() == .oversized)
    }

    @Test func unsignedIsNoAccusation() throws {
        #expect(PeerRequest.get.unsigned.refusalBeforeKey() == .unsigned)
        #expect(
            PeerRequest.get.unsigned.adding("Authorization", "Bearer Signature").refusalBeforeKey()
                == .unsigned)
        #expect(
            try PeerRequest.get.signed().adding("Authorization", "Bearer abc").verdict()
                == .verified)
    }
}
