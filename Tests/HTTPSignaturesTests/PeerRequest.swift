import FoundationEssentials
import Keys
import Testing
import Wire

@testable import HTTPSignatures

/// Keys of the test's peers, made once.
enum PeerKeys {
    static let rsa = Result { try PrivateKey.generate(.rsa) }
    static let otherRSA = Result { try PrivateKey.generate(.rsa) }
    static let ed25519 = Result { try PrivateKey.generate(.ed25519) }
}

/// The moment at which all tests take place: Tue, 14 Nov 2023 22:13:20 GMT.
let now = Date(timeIntervalSince1970: 1_700_000_000)

/// The server under test.
let policy = VerificationPolicy(origins: [
    Origin(scheme: .https, host: "s.test", port: 443),
    Origin(scheme: .http, host: "localhost", port: 8080),
])

/// A request that a peer signs in a way of its own; by default as most servers do.
struct PeerRequest {
    var method = "POST"
    var target = "/users/ann/inbox"
    /// What the signature says the target is; the target itself if nil.
    var signedTarget: String?
    var fields = [
        HeaderField(name: "Host", value: "s.test"),
        HeaderField(name: "Content-Type", value: "application/activity+json"),
    ]
    var date: String? = "Tue, 14 Nov 2023 22:13:20 GMT"
    var digest: String?
    var body = Array(#"{"type":"Follow"}"#.utf8)
    var names: String? = "(request-target) host date digest content-type"
    var keyID = "https://b.test/users/b#main-key"
    var algorithm: String? = "rsa-sha256"
    var created: String?
    var expires: String?
    var scheme: SignatureScheme = .rsaSHA256
    var key = PeerKeys.rsa

    static var get: PeerRequest {
        PeerRequest(
            method: "GET", target: "/users/ann",
            fields: [HeaderField(name: "Host", value: "s.test")],
            body: [], names: "(request-target) host date")
    }

    func with(_ change: (inout PeerRequest) -> Void) -> PeerRequest {
        var copy = self
        change(&copy)
        return copy
    }

    /// The message without its Signature field.
    var unsigned: RequestMessage {
        var fields = fields
        if let date { fields.append(HeaderField(name: "Date", value: date)) }
        if let digest {
            fields.append(HeaderField(name: "Digest", value: digest))
        } else if !body.isEmpty {
            fields.append(HeaderField(name: "Digest", value: BodyDigest.field(for: body)))
        }
        return RequestMessage(method: method, target: target, fields: fields, body: body)
    }

    /// The parameters in the order keyId, algorithm, created, expires, headers, signature.
    func parameters() throws -> [(name: String, value: String)] {
        let list = (names ?? "date").split(separator: " ").map { Array($0.lowercased().utf8) }
        let string = try SigningString.build(
            list, of: unsigned, target: (signedTarget ?? target).utf8,
            created: created.map { Array($0.utf8)[...] },
            expires: expires.map { Array($0.utf8)[...] })
        let signature = try key.get().sign(string, scheme: scheme)
        var parameters = [("keyId", "\"\(keyID)\"")]
        if let algorithm { parameters.append(("algorithm", "\"\(algorithm)\"")) }
        if let created { parameters.append(("created", created)) }
        if let expires { parameters.append(("expires", expires)) }
        if let names { parameters.append(("headers", "\"\(names)\"")) }
        parameters.append(("signature", "\"\(Base64.encode(signature))\""))
        return parameters
    }

    func signature(separator: String = ",") throws -> String {
        try parameters().map { "\($0.name)=\($0.value)" }.joined(separator: separator)
    }

    func signed() throws -> RequestMessage {
        try unsigned.adding("Signature", signature())
    }
}

extension RequestMessage {
    func adding(_ name: String, _ value: String) -> RequestMessage {
        var copy = self
        copy.fields.append(HeaderField(name: name, value: value))
        return copy
    }

    func with(_ change: (inout RequestMessage) -> Void) -> RequestMessage {
        var copy = self
        change(&copy)
        return copy
    }

    /// Both steps at once.
    func verdict(
        with key: Result<PrivateKey, any Error> = PeerKeys.rsa,
        at moment: Date = now
    ) throws -> Verdict {
        switch SignatureClaim.read(self, at: moment, policy: policy) {
        case .success(let claim): claim.verify(with: try key.get().publicKey)
        case .failure(let refusal): .refused(refusal)
        }
    }

    /// The reason of the first step alone; nil if there is a claim.
    func refusalBeforeKey(at moment: Date = now) -> Refusal? {
        switch SignatureClaim.read(self, at: moment, policy: policy) {
        case .success: nil
        case .failure(let refusal): refusal
        }
    }
}
