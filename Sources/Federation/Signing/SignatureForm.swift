import Foundation
import HTTPSignatures
import Keys
import Wire

/// In which of the two ways a request is signed. No peer is known to want both in one request.
package enum SignatureForm: Hashable, Sendable {
    /// draft-cavage-http-signatures-12, which every known peer reads.
    case draftCavage(TargetForm = .full)
    /// RFC 9421.
    case messageSignature

    /// What stands for the target in a draft-cavage signature; peers disagree about the query of a GET.
    package enum TargetForm: Hashable, Sendable {
        case full
        case withoutQuery
    }
}

/// A key of ours with its id, able to sign in either form.
struct FormSigner: Sendable {
    private let keyID: URI
    private let key: PrivateKey
    private let signer: HTTPSignatures.RequestSigner

    init(keyID: URI, key: PrivateKey) {
        self.keyID = keyID
        self.key = key
        signer = HTTPSignatures.RequestSigner(keyID: keyID, key: key)
    }

    func fields(for request: OutgoingRequest, at now: Date, form: SignatureForm) throws -> [HeaderField] {
        switch form {
        case .draftCavage(.full): try signer.fields(for: request, at: now)
        case .draftCavage(.withoutQuery): try signer.fields(for: request, at: now, targetForm: .withoutQuery)
        case .messageSignature: try messageSignature(of: request, at: now)
        }
    }

    private func messageSignature(of request: OutgoingRequest, at now: Date) throws -> [HeaderField] {
        var fields: [HeaderField] = []
        var components = [
            ("@method", request.method), ("@target-uri", request.uri.string), ("@authority", request.uri.authority),
        ]
        if let content = request.content {
            let digest = "sha-256=:\(Base64.encode(Digest.sha256(content.bytes))):"
            fields.append(HeaderField(name: "Content-Digest", value: digest))
            components += [("content-digest", digest), ("content-type", content.type)]
        }
        let parameters =
            "(\(components.map { "\"\($0.0)\"" }.joined(separator: " ")));created=\(Int64(now.timeIntervalSince1970))"
            + ";keyid=\"\(keyID)\";alg=\"rsa-v1_5-sha256\""
        let base = components.map { "\"\($0.0)\": \($0.1)\n" }.joined() + "\"@signature-params\": \(parameters)"
        let signature = try key.sign(Array(base.utf8))
        return fields + [
            HeaderField(name: "Signature-Input", value: "sig1=\(parameters)"),
            HeaderField(name: "Signature", value: "sig1=:\(Base64.encode(signature)):"),
        ]
    }
}
