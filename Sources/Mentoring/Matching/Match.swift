package import Foundation

/// How well a mentor suits somebody, and why. Parts of which nothing was wished do not count.
package struct Match: Sendable {
    /// In the order of what weighs most.
    package let parts: [MatchPart]
    /// Some times at which both are free.
    package let times: [Date]

    /// From 0 to 1.
    package var score: Double {
        let weights = parts.map(\.kind.weight).reduce(0, +)
        return weights > 0 ? parts.map { $0.value * $0.kind.weight }.reduce(0, +) / weights : 0
    }

    /// What speaks for the mentor, what counts most first.
    package var reasons: [String] {
        parts.enumerated()
            .sorted { one, other in
                let (first, second) = (one.element.contribution, other.element.contribution)
                return first == second ? one.offset < other.offset : first > second
            }
            .flatMap(\.element.reasons)
    }

    package init(
        _ facts: MatchFacts, times: MatchFacts.Times, session: MatchSession?, for wishes: Wishes, _ terms: [WishTerm],
        _ common: CommonTime, now: Date
    ) {
        let (time, shared) = Self.time(times, facts.profile, session, common, now)
        self.times = shared
        parts = [
            Self.expertise(facts, terms), time, Self.language(facts.profile, wishes),
            Self.responsiveness(facts.responsiveness), Self.load(facts), Self.style(facts.profile, wishes),
            Self.rate(session, wishes.budget),
        ].compactMap(\.self)
    }
}

extension Match {
    /// Subjects count twice as much as words of the goals; what is only mentioned somewhere counts a little less.
    private static func expertise(_ facts: MatchFacts, _ terms: [WishTerm]) -> MatchPart? {
        guard !terms.isEmpty else { return nil }
        let values = terms.indices.map { facts.known.contains($0) ? 1 : facts.told.contains($0) ? 0.6 : 0 }
        let value = zip(values, terms).map { $0 * $1.weight }.reduce(0, +) / terms.map(\.weight).reduce(0, +)
        let tags = Set(facts.profile.expertise)
        let known = terms.indices.filter(facts.known.contains).map { place in
            // In the mentor's own word.
            let own = terms[place].names.first(where: tags.contains)?.text ?? terms[place].name
            return own == terms[place].name ? own : "\(own) (you wrote \(terms[place].name))"
        }
        let told = terms.indices.filter { facts.told.contains($0) && !facts.known.contains($0) }.map { terms[$0].name }
        return MatchPart(
            .expertise, value,
            [
                known.isEmpty ? nil : "Knows \(MatchWords.list(known))",
                told.isEmpty ? nil : "Writes about \(MatchWords.list(told))",
            ])
    }

    private static func time(
        _ times: MatchFacts.Times, _ profile: MentorProfile, _ session: MatchSession?, _ common: CommonTime, _ now: Date
    ) -> (MatchPart, [Date]) {
        switch times {
        case .free(let starts):
            let shared = common.common(starts, minutes: session?.minutes ?? 30)
            guard !shared.isEmpty else { return (MatchPart(.time, 0), []) }
            let told = common.told(shared)
            let parts = told.reduce(into: [String]()) { parts, start in
                let part = common.part(of: start)
                if parts.count < 2, !parts.contains(part) { parts.append(part) }
            }
            let words = "Free on \(MatchWords.list(parts))\(common.isByOwnHours ? ", when you are" : "")"
            // One day is far better than none; four are enough.
            let value = 0.4 + 0.15 * Double(min(common.days(shared), 4))
            return (MatchPart(.time, value, [common.zone == nil ? nil : words]), told)
        case .any, .unknown:
            var isAny = false
            if case .any = times { isAny = true }
            guard let zone = common.zone else { return (MatchPart(.time, 0.3, [isAny ? "Can be asked for any time" : nil]), []) }
            let hours = Daytime.sharedHours(of: zone, and: profile.zone, at: now)
            let near = hours >= 6 ? "Awake when you are: your days share \(Int(exactly: hours.rounded(.down)) ?? 0) hours" : nil
            return (MatchPart(.time, 0.5 * hours / 12, [isAny ? "Can be asked for any time" : nil, near]), [])
        }
    }

    /// One language that both speak is enough.
    private static func language(_ profile: MentorProfile, _ wishes: Wishes) -> MatchPart? {
        guard !wishes.languages.isEmpty else { return nil }
        let spoken = Set(profile.languages.map(\.language))
        let shared = wishes.languages.filter { spoken.contains($0.language) }
        guard !shared.isEmpty else { return MatchPart(.language, 0) }
        let isExact = shared.contains(where: profile.languages.contains)
        let names = shared.reduce(into: [String]()) { names, tag in
            let name = MatchWords.language(tag)
            if !names.contains(name) { names.append(name) }
        }
        return MatchPart(.language, isExact ? 1 : 0.9, ["Speaks \(MatchWords.list(names)), as you do"])
    }

    private static func responsiveness(_ known: Responsiveness?) -> MatchPart {
        guard let known else { return MatchPart(.responsiveness, 0.5) }
        let lately =
            switch known.activity {
            case .week: 1.0
            case .month: 0.9
            case nil: 0.6
            }
        let hours = known.usualHours.map { $0 == 1 ? ", usually within an hour" : ", usually within \($0) hours" } ?? ""
        let isGood = known.answeredShare >= 80 && known.activity != nil
        let words = "Answers \(known.answeredShare == 100 ? "all" : "\(known.answeredShare)% of") requests\(hours)"
        return MatchPart(.responsiveness, Double(known.answeredShare) / 100 * lately, [isGood ? words : nil])
    }

    private static func load(_ facts: MatchFacts) -> MatchPart {
        let most = facts.profile.mostMentees
        let left = most.map { max(0, $0 - facts.mentees) }
        let room = zip2(left, most).map { Double($0) / Double(max($1, 1)) } ?? 1 / (1 + Double(facts.mentees) / 10)
        let words = left.flatMap { $0 == 0 ? nil : $0 == 1 ? "Has room for one more mentee" : "Has room for \($0) more mentees" }
        return MatchPart(.load, room / (1 + Double(facts.waiting) / 3), [words])
    }

    private static func style(_ profile: MentorProfile, _ wishes: Wishes) -> MatchPart? {
        guard !wishes.styles.isEmpty else { return nil }
        guard !profile.styles.isEmpty else { return MatchPart(.style, 0.5) }
        let shared = wishes.styles.filter(profile.styles.contains)
        guard !shared.isEmpty else { return MatchPart(.style, 0) }
        return MatchPart(.style, 1, ["Mentors \(MatchWords.list(shared.map(MatchWords.style))), as you wish"])
    }

    private static func rate(_ session: MatchSession?, _ budget: Budget) -> MatchPart? {
        guard budget != .any else { return nil }
        switch session?.fit {
        case .free: return MatchPart(.rate, 1, ["Free of charge"])
        case .within:
            return MatchPart(.rate, 0.8, [session?.offer.rate.map { "Asks for \($0), within what you can pay" }])
        case .incomparable, .above, nil: return MatchPart(.rate, 0.3)
        }
    }

    private static func zip2(_ one: Int?, _ other: Int?) -> (Int, Int)? {
        one.flatMap { one in other.map { (one, $0) } }
    }
}

extension MatchPart {
    fileprivate var contribution: Double { value * kind.weight }
}
