import Keys
import Testing

@testable import HTTPSignatures

@Suite struct DraftCavageParametersTests {
    @Test(
        "reads names in any case and order, with any spacing between",
        arguments: [
            #"keyId="k",headers="a b",created=12,signature="c2ln""#,
            #"keyId="k" , headers="a b" ,created=12,  signature="c2ln""#,
            "signature=\"c2ln\",\theaders=\"a b\",\tcreated=12,\tkeyId=\"k\"",
            #"KEYID="k",Headers="a b",Created="12",Signature="c2ln""#,
            #"keyId="k",headers="a b",created=12,signature="c2ln",opaque="x=y, z",n_1-2=3"#,
        ])
    func readsVariations(text: String) throws {
        let parameters = try DraftCavageParameters(text.utf8)
        #expect(parameters.keyID?.elementsEqual("k".utf8) == true)
        #expect(parameters.headers?.elementsEqual("a b".utf8) == true)
        #expect(parameters.created?.elementsEqual("12".utf8) == true)
        #expect(parameters.signature?.elementsEqual("c2ln".utf8) == true)
        #expect(parameters.algorithm == nil && parameters.expires == nil)
    }

    @Test(
        "refuses a parameter twice",
        arguments: [
            #"keyId="a",keyId="a""#, #"keyId="a",keyid="b""#, #"x="1",signature="a",X="2""#,
            #"created=1,created=1"#,
        ])
    func refusesDuplicates(text: String) {
        #expect(throws: Refusal.duplicateParameter) { try DraftCavageParameters(text.utf8) }
    }

    @Test(
        "refuses what is no list of parameters",
        arguments: [
            "", " ", ",", "keyId", "keyId=", "keyId=\"", "keyId=\"a", "keyId=a", "=\"a\"",
            "keyId =\"a\"",
            "keyId= \"a\"", "keyId=\"a\",", ",keyId=\"a\"", "keyId=\"a\",,b=\"c\"",
            "keyId=\"a\" b=\"c\"",
            "keyId=\"a\";b=\"c\"", "keyId='a'", #"keyId="a\"b""#, #"keyId="a\\""#, "keyId=\"a\"b",
            "created=-1", "created=+1", "created=1.5", "created=0x1", "keyId=\"\u{E9}\"",
            "kéyId=\"a\"",
            "keyId=\"\u{7F}\"", "keyId=\"a\tb\"", "Signature keyId=\"a\"",
            (0...16).map { "a\($0)=1" }.joined(separator: ","),
        ])
    func refusesOtherTexts(text: String) {
        #expect(throws: Refusal.malformedParameters) { try DraftCavageParameters(text.utf8) }
    }

    @Test(
        "demands what a claim needs",
        arguments: [
            ("keyId", Refusal.missingParameter), ("signature", .missingParameter),
            ("headers", .missingFieldList), ("algorithm", nil),
        ])
    func demandsParameters(name: String, refusal: Refusal?) throws {
        let peer = PeerRequest()
        let text = try peer.parameters().filter { $0.name != name }
            .map { "\($0.name)=\($0.value)" }.joined(separator: ",")
        #expect(peer.unsigned.adding("Signature", text).refusalBeforeKey() == refusal)
    }

    @Test(
        "demands a plausible signature",
        arguments: [
            "", "====", "AAAA", "not base64!", String(repeating: "A", count: 83),
            String(repeating: "A", count: 1400), String(repeating: "A", count: 86) + "=\n",
            String(repeating: "_", count: 88),
        ])
    func demandsPlausibleSignature(signature: String) {
        let text =
            #"keyId="https://b.test/k",headers="(request-target) host date",signature="\#(signature)""#
        let refusal = PeerRequest.get.unsigned.adding("Signature", text).refusalBeforeKey()
        #expect(refusal == (signature.contains("\n") ? .controlByte : .malformedSignature))
    }
}
