import Federation
import FederationAPI
import TestSupport

extension TestFederation {
    /// The gate as the daemon composes it.
    func gate(isSecure: Bool = false, limits: Double = 0) -> FetchGate {
        FetchGate(
            verifier: verifier, domains: domains, limits: ReaderLimits(factor: limits), database: home.database,
            isSecure: isSecure)
    }
}
