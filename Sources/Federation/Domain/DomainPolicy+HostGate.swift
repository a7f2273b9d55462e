import Outbound
import Social
package import UseCases

extension DomainPolicy: HostGate {
    package func admits(_ host: String) async -> Bool { await judge(host).refusal == nil }
}
