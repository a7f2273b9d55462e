package import FoundationEssentials
package import Keys
package import Wire

/// A request that is about to be sent.
package struct OutgoingRequest: Sendable {
    /// A body and what it is.
    package struct Content: Sendable {
        package var type: String
        package var bytes: [UInt8]

        package init(type: String, bytes: [UInt8]) {
            self.type = type
            self.bytes = bytes
        }
    }

    package var method: String
    /// Where it goes: Host is its `authority`, path and query its `requestTarget`, byte for byte.
    package var uri: URI
    package var content: Content?

    package init(method: String, uri: URI, content: Content? = nil) {
        self.method = method
        self.uri = uri
        self.content = content
    }
}

/// Why a request was not signed; both are faults on our side.
package enum SigningError: Error, Hashable, Sendable {
    /// The method or content type cannot stand in a request, or content is missing or too much for
    /// the method: GET and HEAD have none, all others have some, if only of zero bytes.
    case malformedRequest
    /// The key is not RSA, or failed.
    case key
}

/// Signs outgoing requests as every known peer accepts it: draft-cavage-12 with `rsa-sha256` over
/// `(request-target) host date`, and `digest content-type` where there is a body.
package struct RequestSigner: Sendable {
    /// What stands for the target in the signature; peers disagree about the query of a GET.
    package enum TargetForm: Sendable {
        case full
        case withoutQuery
    }

    package let keyID: URI
    private let key: PrivateKey

    /// A signer with an RSA key; where it can be fetched is the key id.
    package init(keyID: URI, key: PrivateKey) {
        self.keyID = keyID
        self.key = key
    }

    /// The fields to add to a request: Date, Signature and, if there is content, Digest.
    ///
    /// The caller sends Host and Content-Type as given, and signs anew
    /// before each attempt. Blocks for about 0.3 ms of RSA arithmetic.
    package func fields(
        for request: OutgoingRequest,
        at now: Date,
        targetForm: TargetForm = .full
    ) throws(SigningError) -> [HeaderField] {
        guard key.algorithm == .rsa else { throw .key }
        var added = [HeaderField(name: "Date", value: HTTPDate.format(now))]
        var names = ["(request-target)", "host", "date"]
        var signed = added + [HeaderField(name: "Host", value: request.uri.authority)]
        if let content = request.content {
            let digest = HeaderField(name: "Digest", value: BodyDigest.field(for: content.bytes))
            added.append(digest)
            names += ["digest", "content-type"]
            signed += [digest, HeaderField(name: "Content-Type", value: content.type)]
        }
        try Self.check(request)

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
        guard let signature = try? key.sign(string) else { throw .key }
        added.append(
            HeaderField(
                name: "Signature",
                value: "keyId=\"\(keyID)\",algorithm=\"rsa-sha256\","
                    + "headers=\"\(names.joined(separator: " "))\","
                    + "signature=\"\(Base64.encode(signature))\""))
        return added
    }

    private static func signed(_ target: String, in form: TargetForm) -> Substring.UTF8View {
        switch form {
        case .full: target.utf8[...]
        case .withoutQuery: target.utf8.prefix { $0 != UInt8(ascii: "?") }
        }
    }

    private static func check(_ request: OutgoingRequest) throws(SigningError) {
        let isBodiless = request.method == "GET" || request.method == "HEAD"
        guard ASCII.isMethod(request.method.utf8), isBodiless == (request.content == nil) else {
            throw .malformedRequest
        }
        if let type = request.content?.type.utf8 {
            guard !type.isEmpty, type.allSatisfy({ !ASCII.isControl($0) && $0 < 0x80 }) else {
                throw .malformedRequest
            }
        }
    }
}
