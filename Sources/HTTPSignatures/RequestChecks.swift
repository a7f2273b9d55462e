import FoundationEssentials
import Wire

/// What is demanded of a request whichever way it is signed.
extension RequestMessage {
    /// Refuses more fields than can be looked at, and bytes that could end a line in any of them.
    func checkFields(_ policy: VerificationPolicy) throws(Refusal) {
        guard fields.count <= policy.maximumFields else { throw .oversized }
        for field in fields
        where field.name.utf8.contains(where: ASCII.isControl)
            || field.value.utf8.contains(where: ASCII.isControl)
        {
            throw .controlByte
        }
    }

    /// Refuses a second field of any of the names, given in lower case.
    func checkSingle(_ names: [String]) throws(Refusal) {
        for name in names where values(named: name.utf8).count > 1 {
            throw .duplicateField
        }
    }

    func checkRequestLine(_ policy: VerificationPolicy) throws(Refusal) {
        guard ASCII.isMethod(method.utf8), ASCII.isTarget(target.utf8) else {
            throw .malformedRequestLine
        }
        guard target.utf8.count <= policy.maximumFieldLength else { throw .oversized }
    }

    /// Our origins that the Host names: at least one.
    func origins(_ policy: VerificationPolicy) throws(Refusal) -> [Origin] {
        guard let host = values(named: "host".utf8).first else { throw .absentField }
        let origins = policy.origins(named: Substring(host))
        guard !origins.isEmpty else { throw .foreignHost }
        return origins
    }

    /// Checks the Date, if there is one.
    func checkDate(now: Date, _ policy: VerificationPolicy) throws(Refusal) {
        guard let date = values(named: "date".utf8).first else { return }
        guard let moment = HTTPDate.parse(date) else { throw .malformedDate }
        try policy.checkWindow(moment, now: now)
    }

    /// What stands in `Authorization: Signature`, the other place for a draft-cavage signature.
    var authorizationSignatures: [Substring.UTF8View] {
        let scheme = "signature ".utf8
        return values(named: "authorization".utf8).compactMap { value in
            ASCII.isSame(value.prefix(scheme.count), lowercase: scheme)
                ? ASCII.trimmed(value.dropFirst(scheme.count)) : nil
        }
    }
}
