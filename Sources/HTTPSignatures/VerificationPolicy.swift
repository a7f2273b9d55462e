import FoundationEssentials
package import Wire

/// What is demanded of a signed request beyond a correct signature.
package struct VerificationPolicy: Sendable {
    /// Where this server is reached; the signed Host must name one of them.
    package var origins: [Origin]
    /// How many seconds old a signature may be.
    package var maximumAge = 3900
    /// How many seconds a peer's clock may be ahead.
    package var maximumLead = 300
    /// How many header fields are looked at.
    package var maximumFields = 128
    /// How long a field that takes part in the signature may be, in bytes.
    package var maximumFieldLength = 8192

    /// The usual limits: −1 h 5 min to +5 min.
    package init(origins: [Origin]) {
        self.origins = origins
    }

    /// Those of ``origins`` that a Host value names.
    func origins(named hostField: Substring) -> [Origin] {
        origins.filter { Origin(scheme: $0.scheme, authority: hostField) == $0 }
    }

    /// Checks a moment against the window around now.
    func checkWindow(_ moment: Date, now: Date) throws(Refusal) {
        let age = now.timeIntervalSince(moment)
        guard age <= Double(maximumAge) else { throw .tooOld }
        guard age >= -Double(maximumLead) else { throw .inFuture }
    }
}
