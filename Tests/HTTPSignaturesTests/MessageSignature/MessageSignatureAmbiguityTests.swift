import Keys
import Testing

@testable import HTTPSignatures

/// RFC 9421 requests that two readers could understand differently are refused.
@Suite struct MessageSignatureAmbiguityTests {
    @Test func refusesBothKindsAtOnce() throws {
        let new = try MessagePeerRequest().signed()
        let old = try PeerRequest().signed()
        let draft = try #require(old.fields.last?.value)
        #expect(new.adding("Signature", draft).refusalBeforeKey() == .unsupportedScheme)
        #expect(new.replacing("Signature", with: draft).refusalBeforeKey() == .unsupportedScheme)
        #expect(new.adding("Authorization", "Signature \(draft)").refusalBeforeKey() == .unsupportedScheme)
        #expect(old.adding("Signature-Input", "sig1=()").refusalBeforeKey() == .unsupportedScheme)
        #expect(try new.adding("Authorization", "Bearer abc").verdict() == .verified)
    }

    @Test func refusesTwoSignatures() throws {
        let request = try MessagePeerRequest().signed()
        let input = "sig2=\(MessagePeerRequest().input)"
        let signature = try MessagePeerRequest(label: "sig2").signature()
        let joined = request.with { message in
            for index in message.fields.indices {
                if message.fields[index].name == "Signature-Input" { message.fields[index].value += ", \(input)" }
                if message.fields[index].name == "Signature" { message.fields[index].value += ", \(signature)" }
            }
        }
        #expect(joined.refusalBeforeKey() == .duplicateSignature)
        #expect(request.adding("signature-input", input).refusalBeforeKey() == .duplicateSignature)
        #expect(request.adding("signature", signature).refusalBeforeKey() == .duplicateSignature)
        let repeated = try #require(request.fields.last).value
        #expect(request.adding("Signature", repeated).refusalBeforeKey() == .duplicateSignature)
        #expect(
            request.replacing("Signature", with: "\(repeated), \(repeated)").refusalBeforeKey()
                == .duplicateSignature)
        #expect(request.replacing("Signature", with: signature).refusalBeforeKey() == .unmatchedLabel)
    }

    @Test(
        "refuses a second copy of a field that matters",
        arguments: [
            ("Date", "Tue, 14 Nov 2023 22:13:20 GMT"), ("HOST", "s.test"), ("content-digest", "sha-256=:AAAA:"),
            ("content-type", "text/plain"),
        ])
    func refusesSecondCopy(name: String, value: String) throws {
        #expect(try MessagePeerRequest().signed().adding(name, value).refusalBeforeKey() == .duplicateField)
    }

    // MARK: What cannot be read

    @Test(
        "refuses components that change their meaning by parameters or are unknown",
        arguments: [
            #""content-digest";bs"#, #""content-digest";sf"#, #""@method";req"#, #""content-digest";tr"#,
            #""content-digest";key="sha-256""#, #""@query-param";name="x""#, #""@target-uri";unknown"#,
            #""@method";req=?0"#, #""@status""#, #""@signature-params""#, #""@query-param""#, #""@unknown""#,
            #""@""#, #""Date""#, #""""#, #""x y""#, #""x:y""#, #""@Method""#,
        ])
    func refusesOtherComponents(component: String) throws {
        let peer = MessagePeerRequest().with { $0.components.append(component) }
        #expect(try peer.signed().refusalBeforeKey() == .unsupportedComponent)
    }

    /// RFC 9421 section 7.5.1.
    @Test func neverTakesAFieldForADerivedComponent() throws {
        let unknown = MessagePeerRequest().with {
            $0.components.append(#""@x""#)
            $0.fields.append(HeaderField(name: "@x", value: "x"))
        }
        #expect(try unknown.signed().refusalBeforeKey() == .unsupportedComponent)
        let disguised = try MessagePeerRequest().signed()
        for (name, value) in [("@method", "POST"), ("@target-uri", "https://s.test/users/ann/inbox")] {
            let request = disguised.with {
                $0.method = "PUT"
                $0.target = "/users/max/inbox"
            }.adding(name, value)
            #expect(try request.verdict() == .refused(.wrongSignature))
        }
    }

    @Test func refusesBadLists() throws {
        let twice = MessagePeerRequest().with { $0.components.append(#""@method""#) }
        #expect(try twice.signed().refusalBeforeKey() == .malformedFieldList)
        let many = MessagePeerRequest().with { $0.components += (0..<30).map { "\"x-\($0)\"" } }
        #expect(try many.signed().refusalBeforeKey() == .malformedFieldList)
        for component in ["date", "1", ":AAAA:", "?1"] {
            let peer = MessagePeerRequest().with { $0.components.append(component) }
            #expect(try peer.signed().refusalBeforeKey() == .malformedSignatureInput)
        }
    }

    @Test(
        "refuses key ids that are none",
        arguments: [
            #""""#, #""Test""#, #""acct:b@b.test""#, #""https://u:p@b.test/k""#, "token", "1", "?1",
            ":AAAA:",
        ])
    func noClaimWithoutKeyID(keyID: String) throws {
        #expect(try MessagePeerRequest(keyID: keyID).signed().refusalBeforeKey() == .malformedKeyID)
    }

    @Test(
        "refuses what is no Signature-Input",
        arguments: [
            ("", Refusal.malformedSignatureInput), ("sig1", .malformedSignatureInput),
            ("sig1=1", .malformedSignatureInput), ("sig1=(", .malformedSignatureInput),
            ("Sig1=()", .malformedSignatureInput), ("sig1=();created=1,", .malformedSignatureInput),
            ("sig1=(\"@method\"\"@target-uri\");created=1", .malformedSignatureInput),
            ("sig1=(\"@method);created=1", .malformedSignatureInput), ("(\"@method\")", .malformedSignatureInput),
            ("sig1=(\"@method\");created=1;created=1", .duplicateParameter),
            ("sig1=(\"@method\";req;req);created=1", .duplicateParameter),
            ("sig1=(), sig1=()", .duplicateSignature), ("sig1=(), sig2=()", .duplicateSignature),
            ("sig2=();created=1", .unmatchedLabel),
            ("sig1=(" + String(repeating: " ", count: 8192) + ")", .oversized),
        ])
    func refusesBadInput(value: String, refusal: Refusal) throws {
        let request = try MessagePeerRequest().signed().replacing("Signature-Input", with: value)
        #expect(request.refusalBeforeKey() == refusal)
    }

    @Test(
        "refuses what is no signature",
        arguments: [
            ("", Refusal.malformedSignature), ("sig1", .malformedSignature), ("sig1=()", .malformedSignature),
            ("sig1=\"AAAA\"", .malformedSignature), ("sig1=::", .malformedSignature),
            ("sig1=:AAAA:", .malformedSignature), ("sig1=:AAA", .malformedSignature),
            ("sig1=:\(String(repeating: "A", count: 1368)):", .malformedSignature),
            ("sig1=:\(String(repeating: "A", count: 8192)):", .oversized),
        ])
    func refusesBadSignature(value: String, refusal: Refusal) throws {
        let request = try MessagePeerRequest().signed().replacing("Signature", with: value)
        #expect(request.refusalBeforeKey() == refusal)
    }

    @Test func refusesOtherCharactersThanASCII() throws {
        let peer = MessagePeerRequest().with {
            $0.fields.append(HeaderField(name: "User-Agent", value: "sérvër"))
        }
        #expect(try peer.signed().verdict() == .verified)
        let covered = peer.with { $0.components.append(#""user-agent""#) }
        #expect(try covered.signed().refusalBeforeKey() == .notASCII)
        let request = try MessagePeerRequest().signed()
        #expect(request.adding("User-Agent", "a\r\n b").refusalBeforeKey() == .controlByte)
    }

    /// Section 2.5: what stands in the base is the canonical form, whatever space was put into the field.
    @Test func spaceIsNotSigned() throws {
        let request = try MessagePeerRequest().signed()
        let input = MessagePeerRequest().input
            .replacing("(", with: "(  ").replacing(")", with: " )").replacing("\" \"", with: "\"   \"")
            .replacing(";", with: "; ")
        let spaced = request.replacing("Signature-Input", with: "  sig1=\(input) ")
        #expect(try spaced.verdict() == .verified)
    }
}
