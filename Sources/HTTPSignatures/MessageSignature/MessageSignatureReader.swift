import FoundationEssentials
import Keys
import Wire

/// The rules for an RFC 9421 signature that need no key, in the order of their cost.
///
/// They are those of Mastodon 4.5: one signature, `created`, `keyid`, `@method` and `@target-uri`, and for whatever can
/// have a body a signed and right `Content-Digest`. The draft's `Digest` does not stand in for it.
struct MessageSignatureReader {
    let request: RequestMessage
    let now: Date
    let policy: VerificationPolicy

    func claim() throws(Refusal) -> SignatureClaim {
        let (input, signature) = try signed()
        guard let keyID = URI(input.keyID) else { throw .malformedKeyID }
        try request.checkRequestLine(policy)
        try checkCoverage(input)
        let origins = try request.origins(policy)
        try checkTimes(input)
        let bases = try signatureBases(input, origins: origins)
        try checkBody(input)
        return SignatureClaim(
            keyID: keyID, algorithm: .messageSignature(input.algorithm), signature: signature, signingStrings: bases)
    }

    /// The one signature and what it says it covers, after a look at every field.
    private func signed() throws(Refusal) -> (input: SignatureInput, signature: [UInt8]) {
        let inputs = request.values(named: "signature-input".utf8)
        let signatures = request.values(named: "signature".utf8)
        guard request.authorizationSignatures.isEmpty, !signatures.contains(where: isDraftCavage) else {
            throw .unsupportedScheme
        }
        guard let input = inputs.first, let signature = signatures.first else { throw .unmatchedLabel }
        guard inputs.count == 1, signatures.count == 1 else { throw .duplicateSignature }
        try request.checkSingle(["host", "date", "content-digest", "content-type"])

        let inputMember = try onlyMember(of: input, malformed: .malformedSignatureInput)
        let signatureMember = try onlyMember(of: signature, malformed: .malformedSignature)
        guard inputMember.key == signatureMember.key else { throw .unmatchedLabel }
        guard case .innerList(let list) = inputMember.value else { throw .malformedSignatureInput }
        guard case .item(let item) = signatureMember.value, case .bytes(let bytes) = item.value,
            SignatureClaim.signatureLengths.contains(bytes.count)
        else { throw .malformedSignature }
        return (try SignatureInput(list), bytes)
    }

    /// Whether a `Signature` field is of the other kind. No Dictionary of Byte Sequences reads as that.
    private func isDraftCavage(_ text: Substring.UTF8View) -> Bool {
        guard text.count <= policy.maximumFieldLength else { return false }
        let parameters = try? DraftCavageParameters(text)
        return parameters?.keyID != nil || parameters?.signature != nil
    }

    private func onlyMember(
        of text: Substring.UTF8View,
        malformed: Refusal
    ) throws(Refusal) -> StructuredField.Member {
        let members: [StructuredField.Member]
        do {
            members = try StructuredFieldParser.dictionary(text, maximumLength: policy.maximumFieldLength)
        } catch {
            throw switch error {
            case .tooLong: .oversized
            case .malformed: malformed
            case .duplicateMember: .duplicateSignature
            case .duplicateParameter: .duplicateParameter
            }
        }
        guard let member = members.first else { throw malformed }
        guard members.count == 1 else { throw .duplicateSignature }
        return member
    }

    private func checkCoverage(_ input: SignatureInput) throws(Refusal) {
        guard input.components.contains(.derived(.method)) else { throw .unboundMethod }
        guard input.components.contains(.derived(.targetURI)) else { throw .unboundTarget }
    }

    /// Every time that the request gives has to be right; `created` is always signed.
    private func checkTimes(_ input: SignatureInput) throws(Refusal) {
        try request.checkDate(now: now, policy)
        try policy.checkWindow(Date(timeIntervalSince1970: Double(input.created)), now: now)
        if let expires = input.expires {
            guard Date(timeIntervalSince1970: Double(expires)) >= now else { throw .expired }
        }
    }

    /// One for each origin of ours that the Host names: it does not say whether http or https.
    private func signatureBases(_ input: SignatureInput, origins: [Origin]) throws(Refusal) -> [[UInt8]] {
        var bases: [[UInt8]] = []
        for origin in origins {
            bases.append(
                try SignatureBase(request: request, origin: origin)
                    .bytes(over: input.components, parameters: input.text))
        }
        return bases
    }

    private func checkBody(_ input: SignatureInput) throws(Refusal) {
        guard let digest = request.values(named: "content-digest".utf8).first else {
            if request.needsDigest { throw .missingDigest }
            return
        }
        if request.needsDigest {
            guard input.components.contains(.field("content-digest")) else { throw .unboundBody }
        }
        try ContentDigest.check(digest, body: request.body, maximumLength: policy.maximumFieldLength)
    }
}
