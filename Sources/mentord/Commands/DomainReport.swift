import Social

/// What a decision about a domain does or would do, in words.
struct DomainReport: CustomStringConvertible {
    let domain: String
    let kind: DomainRule.Kind
    let effects: DomainEffects
    let isPreview: Bool

    var description: String {
        let head = isPreview ? "A \(kind.rawValue) of \(domain) would hold for" : "Decided: \(kind.rawValue) \(domain). It holds for"
        let known = "\(head) \(effects.actors) actors known here."
        guard kind == .block else { return known }
        let (ends, drops) = isPreview ? ("would end", "would be dropped") : ("ended", "were dropped")
        return """
            \(known)
            \(effects.followers) follows of people here and \(effects.following) follows of people there \(ends); \
            their server is not told.
            \(effects.deliveries) deliveries that wait \(drops).
            \(effects.sessions) open sessions stay as they are, and nothing about them travels any more.
            """
    }
}
