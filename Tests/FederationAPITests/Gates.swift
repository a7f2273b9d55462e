import FederationAPI
import TestSupport

extension TestFederation {
    /// The gate as the daemon composes it.
    func gate(isSecure: Bool = false) -> FetchGate {
        FetchGate(verifier: verifier, domains: domains, database: home.database, isSecure: isSecure)
    }
}
