import FoundationEssentials
import Keys
import Wire

extension RequestSigner {
    /// RFC 9421 with `rsa-v1_5-sha256` over method, target URI and authority, and `content-digest content-type` where
    /// there is a body.
    ///
    /// Nothing that some verifier refuses: no `expires`, no `tag`, no component with parameters. Date is sent, but
    /// `created` says the same under the signature.
    func messageSignatureFields(
        for request: OutgoingRequest,
        at now: Date
    ) throws(SigningError) -> [HeaderField] {
        var added = [HeaderField(name: "Date", value: HTTPDate.format(now))]
        var components: [SignatureComponent] = [.derived(.method), .derived(.targetURI), .derived(.authority)]
        var signed: [HeaderField] = []
        if let content = request.content {
            let digest = HeaderField(name: "Content-Digest", value: ContentDigest.field(for: content.bytes))
            added.append(digest)
            components += [.field("content-digest"), .field("content-type")]
            signed = [digest, HeaderField(name: "Content-Type", value: content.type)]
        }

        guard let created = Int(exactly: now.timeIntervalSince1970.rounded(.down)) else { throw .malformedRequest }
        let input = SignatureInput.text(
            components, created: created, keyID: keyID.string, algorithm: MessageSignatureAlgorithm.rsaSHA256.rawValue)
        let message = RequestMessage(method: request.method, target: request.uri.requestTarget, fields: signed)
        let base: [UInt8]
        do {
            base = try SignatureBase(request: message, origin: request.uri.origin)
                .bytes(over: components, parameters: input)
        } catch {
            throw .malformedRequest
        }
        let signature = StructuredField.BareItem.bytes(try signature(over: base)).serialized
        return added + [
            HeaderField(name: "Signature-Input", value: "sig1=\(input)"),
            HeaderField(name: "Signature", value: "sig1=\(signature)"),
        ]
    }
}
