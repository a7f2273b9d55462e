import FoundationEssentials
import Keys
import Wire

extension RequestSigner {
    /// draft-cavage-12 with `rsa-sha256` over `(request-target) host date`, and `digest content-type`
    /// where there is a body.
    func draftCavageFields(
        for request: OutgoingRequest,
        at now: Date,
        targetForm: SignatureForm.TargetForm
    ) throws(SigningError) -> [HeaderField] {
        var added = [HeaderField(name: "Date", value: HTTPDate.format(now))]
        var names = ["(request-target)", "host", "date"]
        var signed = added + [HeaderField(name: "Host", value: request.uri.authority)]
        if let content = request.content {
            let digest = HeaderField(name: "Digest", value: BodyDigest.field(for: content.bytes))
            added.append(digest)
            names += ["digest", "content-type"]
            signed += [digest, HeaderField(name: "Content-Type", value: content.type)]
        }

        let target = request.uri.requestTarget
        let message = RequestMessage(method: request.method, target: target, fields: signed)
        let string: [UInt8]
        do {
            string = try SigningString.build(
                names.map { Array($0.utf8) }, of: message,
                target: Self.signed(target, in: targetForm))
        } catch {
            throw .malformedRequest
        }
        let signature = try signature(over: string)
        added.append(
            HeaderField(
                name: "Signature",
                value: "keyId=\"\(keyID)\",algorithm=\"rsa-sha256\","
                    + "headers=\"\(names.joined(separator: " "))\","
                    + "signature=\"\(Base64.encode(signature))\""))
        return added
    }

    private static func signed(
        _ target: String,
        in form: SignatureForm.TargetForm
    ) -> Substring.UTF8View {
        switch form {
        case .full: target.utf8[...]
        case .withoutQuery: target.utf8.prefix { $0 != UInt8(ascii: "?") }
        }
    }
}
