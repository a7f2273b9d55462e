import FoundationEssentials
import Keys
import Wire

/// The rules for a draft-cavage-12 signature that need no key, in the order of their cost.
struct DraftCavageReader {
    let request: RequestMessage
    let now: Date
    let policy: VerificationPolicy

    private static let maximumListLength = 32

    func claim() throws(Refusal) -> SignatureClaim {
        let parameters = try DraftCavageParameters(try signatureText())
        guard let keyIDText = parameters.keyID, let signatureText = parameters.signature else {
            throw .missingParameter
        }
        guard let keyID = URI(String(decoding: keyIDText, as: UTF8.self)) else { throw .malformedKeyID }
        let algorithm = try DraftCavageAlgorithm(parameter: parameters.algorithm)
        guard let signature = Base64.decode(signatureText),
            SignatureClaim.signatureLengths.contains(signature.count)
        else { throw .malformedSignature }

        try request.checkRequestLine(policy)
        let names = try signedNames(parameters.headers, algorithm: algorithm)
        _ = try request.origins(policy)
        try checkTimes(parameters, names: names)
        let strings = try signingStrings(names, parameters)
        try checkBody(names)
        return SignatureClaim(
            keyID: keyID, algorithm: .draftCavage(algorithm), signature: signature, signingStrings: strings)
    }

    /// The one text of parameters.
    private func signatureText() throws(Refusal) -> Substring.UTF8View {
        let texts = request.values(named: "signature".utf8) + request.authorizationSignatures
        guard let text = texts.first else { throw .unsigned }
        guard texts.count == 1 else { throw .duplicateSignature }
        guard text.count <= policy.maximumFieldLength else { throw .oversized }
        try request.checkSingle(["host", "date", "digest", "content-type"])
        return text
    }

    /// The `headers` list in lower case, with everything in it that has to be.
    private func signedNames(
        _ list: ArraySlice<UInt8>?,
        algorithm: DraftCavageAlgorithm
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

    /// Every time that the request gives has to be right, signed or not; one of them is signed.
    private func checkTimes(
        _ parameters: DraftCavageParameters,
        names: [[UInt8]]
    ) throws(Refusal) {
        try request.checkDate(now: now, policy)
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
        _ parameters: DraftCavageParameters
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
