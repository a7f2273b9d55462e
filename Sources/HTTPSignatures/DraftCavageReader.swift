import FoundationEssentials
import Keys
import Wire

/// The rules for a draft-cavage-12 signature that need no key, in the order of their cost.
struct DraftCavageReader {
    let request: RequestMessage
    let now: Date
    let policy: VerificationPolicy

    private static let maximumListLength = 32
    /// From Ed25519 to RSA with 8192 bits.
    private static let signatureLengths = 64...1024

    func claim() throws(Refusal) -> SignatureClaim {
        let parameters = try SignatureParameters(try signatureText())
        guard let keyIDText = parameters.keyID, let signatureText = parameters.signature else {
            throw .missingParameter
        }
        guard let keyID = URI(String(decoding: keyIDText, as: UTF8.self)) else { throw .malformedKeyID }
        let algorithm = try ClaimedAlgorithm(parameter: parameters.algorithm)
        guard let signature = Base64.decode(signatureText),
            Self.signatureLengths.contains(signature.count)
        else { throw .malformedSignature }

        try checkRequestLine()
        let names = try signedNames(parameters.headers, algorithm: algorithm)
        try checkHost()
        try checkTimes(parameters, names: names)
        let strings = try signingStrings(names, parameters)
        try checkBody(names)
        return SignatureClaim(
            keyID: keyID, algorithm: algorithm, signature: signature, signingStrings: strings)
    }

    /// The one text of parameters, after a look at every field.
    private func signatureText() throws(Refusal) -> Substring.UTF8View {
        guard request.fields.count <= policy.maximumFields else { throw .oversized }
        for field in request.fields
        where field.name.utf8.contains(where: ASCII.isControl)
            || field.value.utf8.contains(where: ASCII.isControl)
        {
            throw .controlByte
        }
        let authorization = "signature ".utf8
        let texts =
            request.values(named: "signature".utf8)
            + request.values(named: "authorization".utf8).compactMap { value in
                ASCII.isSame(value.prefix(authorization.count), lowercase: authorization)
                    ? ASCII.trimmed(value.dropFirst(authorization.count)) : nil
            }
        guard let text = texts.first else { throw .unsigned }
        guard request.values(named: "signature-input".utf8).isEmpty else {
            throw .unsupportedScheme
        }
        guard texts.count == 1 else { throw .duplicateSignature }
        guard text.count <= policy.maximumFieldLength else { throw .oversized }
        for name in ["host", "date", "digest", "content-type"]
        where request.values(named: name.utf8).count > 1 {
            throw .duplicateField
        }
        return text
    }

    private func checkRequestLine() throws(Refusal) {
        guard ASCII.isMethod(request.method.utf8), ASCII.isTarget(request.target.utf8) else {
            throw .malformedRequestLine
        }
        guard request.target.utf8.count <= policy.maximumFieldLength else { throw .oversized }
    }

    /// The `headers` list in lower case, with everything in it that has to be.
    private func signedNames(
        _ list: ArraySlice<UInt8>?,
        algorithm: ClaimedAlgorithm
    ) throws(Refusal) -> [[UInt8]] {
        guard let list else { throw .missingFieldList }
        let names = list.split(separator: UInt8(ascii: " ")).map { $0.map(ASCII.lowercased) }
        guard (1...Self.maximumListLength).contains(names.count), Set(names).count == names.count
        else { throw .malformedFieldList }

        let signsCreated = names.contains(SigningString.created)
        if signsCreated || names.contains(SigningString.expires) {
            guard algorithm.allowsTimePseudoFields else { throw .forbiddenPseudoField }
        }
        guard names.contains(SigningString.requestTarget) else { throw .unboundTarget }
        guard names.contains(Array("host".utf8)) else { throw .unboundHost }
        guard signsCreated || names.contains(Array("date".utf8)) else { throw .unboundTime }
        return names
    }

    private func checkHost() throws(Refusal) {
        guard let host = request.values(named: "host".utf8).first else { throw .absentField }
        guard policy.isOurs(Substring(host)) else { throw .foreignHost }
    }

    /// Every time that the request gives has to be right, signed or not; one of them is signed.
    private func checkTimes(
        _ parameters: SignatureParameters,
        names: [[UInt8]]
    ) throws(Refusal) {
        if let date = request.values(named: "date".utf8).first {
            guard let moment = HTTPDate.parse(date) else { throw .malformedDate }
            try policy.checkWindow(moment, now: now)
        }
        if let created = parameters.created {
            guard let moment = Self.moment(created) else { throw .malformedTimestamp }
            try policy.checkWindow(moment, now: now)
        }
        if let expires = parameters.expires {
            guard let moment = Self.moment(expires) else { throw .malformedTimestamp }
            guard moment >= now else { throw .expired }
        }
    }

    private static func moment(_ secondsSince1970: ArraySlice<UInt8>) -> Date? {
        ASCII.number(secondsSince1970).map { Date(timeIntervalSince1970: Double($0)) }
    }

    private func signingStrings(
        _ names: [[UInt8]],
        _ parameters: SignatureParameters
    ) throws(Refusal) -> [[UInt8]] {
        let target = request.target.utf8
        var targets = [target[...]]
        if request.method == "GET", let query = target.firstIndex(of: UInt8(ascii: "?")) {
            targets.append(target[..<query])
        }
        var strings: [[UInt8]] = []
        for target in targets {
            strings.append(
                try SigningString.build(
                    names, of: request, target: target,
                    created: parameters.created, expires: parameters.expires))
        }
        return strings
    }

    private func checkBody(_ names: [[UInt8]]) throws(Refusal) {
        guard let digest = request.values(named: "digest".utf8).first else {
            if request.needsDigest { throw .missingDigest }
            return
        }
        if request.needsDigest {
            guard names.contains(Array("digest".utf8)) else { throw .unboundBody }
        }
        guard digest.count <= policy.maximumFieldLength else { throw .oversized }
        try BodyDigest.check(digest, body: request.body)
    }
}
