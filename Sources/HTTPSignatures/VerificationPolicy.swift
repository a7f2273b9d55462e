/// What is demanded of a signed request beyond a correct signature.
package struct VerificationPolicy: Sendable {
    /// The names under which this server is reached; the signed Host must be one of them.
    package var authorities: [Authority]
    /// How many seconds old a signature may be.
    package var maximumAge = 3900
    /// How many seconds a peer's clock may be ahead.
    package var maximumLead = 300
    /// How many header fields are looked at.
    package var maximumFields = 128
    /// How long a field that takes part in the signature may be, in bytes.
    package var maximumFieldLength = 8192

    /// The usual limits: −1 h 5 min to +5 min.
    package init(authorities: [Authority]) {
        self.authorities = authorities
    }

    /// Whether a Host value names this server.
    func isOurs(_ hostField: some BidirectionalCollection<UInt8>) -> Bool {
        authorities.contains { Authority(scheme: $0.scheme, bytes: hostField) == $0 }
    }

    /// Checks a moment, in seconds since 1970, against the window around now.
    func checkWindow(_ moment: Int, now: Int) throws(Refusal) {
        if moment < now - maximumAge { throw .tooOld }
        if moment > now + maximumLead { throw .inFuture }
    }
}
