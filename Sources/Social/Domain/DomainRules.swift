/// All that the community has decided about domains, ready to be asked: a look-up for each label of a name.
package struct DomainRules: Sendable {
    private let kinds: [DomainName: DomainRule.Kind]

    package init(_ rules: some Sequence<(domain: DomainName, kind: DomainRule.Kind)>) {
        kinds = Dictionary(rules.map { ($0.domain, $0.kind) }) { $0.strictness > $1.strictness ? $0 : $1 }
    }

    package static let none = DomainRules([])

    /// What holds for a host, as ``URI/host`` spells it. A rule covers all names below its domain; of several the one
    /// about the longest name holds.
    package func judge(_ host: String, mode: FederationMode) -> Judgement {
        guard mode != .closed else { return .refused(.closed) }
        let rule = kinds.isEmpty ? nil : DomainName(host: host).withParents.lazy.compactMap { kinds[$0] }.first
        return switch (rule, mode) {
        case (.block, _): .refused(.blocked)
        case (.limit, _): .limited
        case (nil, .allowlist): .refused(.notListed)
        default: .open
        }
    }
}
