package import Mentoring
package import PostgreSQL
package import Wire

extension Queryable {
    package func wishes(of actor: ActorID) async throws -> Wishes? {
        try await row("select * from wishes where actor_id = \(actor)").map(Wishes.init)
    }

    package func save(_ wishes: Wishes, of actor: ActorID) async throws {
        var rate: Rate?
        if case .atMost(let most) = wishes.budget { rate = most }
        _ = try await execute(
            """
            insert into wishes (actor_id, goals, expertise, languages, styles, is_free_only, most_amount, most_currency,
                most_per, zone, rule_days, rule_opens, rule_closes)
            values (\(actor), \(wishes.goals), \(wishes.expertise.map(\.text)), \(wishes.languages.map(\.text)),
                \(wishes.styles.map(\.rawValue)), \(wishes.budget == .free), \(rate?.amount), \(rate?.currency.code),
                \(rate?.per), \(wishes.zone?.name), \(wishes.hours.map(\.weekday.number))::smallint[],
                \(wishes.hours.map(\.hours.from.minutes))::smallint[],
                \(wishes.hours.map(\.hours.to.minutes))::smallint[])
            on conflict (actor_id) do update set goals = excluded.goals, expertise = excluded.expertise,
                languages = excluded.languages, styles = excluded.styles, is_free_only = excluded.is_free_only,
                most_amount = excluded.most_amount, most_currency = excluded.most_currency,
                most_per = excluded.most_per, zone = excluded.zone, rule_days = excluded.rule_days,
                rule_opens = excluded.rule_opens, rule_closes = excluded.rule_closes, updated_at = now()
            """)
    }

    /// What is known of somebody who has said nothing of their wishes.
    package func wishesBackground(of actor: ActorID) async throws -> Wishes.Background {
        var background = Wishes.Background()
        let found = try await row(
            """
            select array(
                    select tag from (
                        select distinct mentor_id from sessions
                        where mentee_id = \(actor) and agreement_activity is not null) as met
                        join mentor_profiles on mentor_profiles.actor_id = met.mentor_id and is_published
                        cross join lateral unnest(expertise) as tag
                    group by tag order by count(*) desc, tag collate "C" limit 8) as met,
                array(select name from followed_tags where account_id = \(actor) order by id desc limit 8) as interests,
                coalesce((select languages from mentor_profiles where actor_id = \(actor)),
                    (select array[posting_language] from accounts
                        where actor_id = \(actor) and posting_language is not null), '{}') as languages,
                coalesce((select zone from mentor_profiles where actor_id = \(actor)),
                    (select zone from sessions where mentee_id = \(actor) order by number desc limit 1)) as zone
            """)
        guard let found else { return background }
        let (met, interests): ([String], [String]) = try (found.get("met"), found.get("interests"))
        let languages: [String] = try found.get("languages")
        background.metExpertise = met.compactMap { ExpertiseTag($0) }
        background.interests = interests.compactMap { ExpertiseTag($0) }
        background.languages = languages.compactMap { LanguageTag($0) }
        background.zone = try (found.get("zone") as String?).flatMap { TimeZoneName($0) }
        return background
    }
}

extension Wishes {
    fileprivate init(_ row: Row) throws {
        let (expertise, languages): ([String], [String]) = try (row.get("expertise"), row.get("languages"))
        let styles: [String] = try row.get("styles")
        self.init(
            goals: try row.get("goals"), expertise: expertise.compactMap { ExpertiseTag($0) },
            languages: languages.compactMap { LanguageTag($0) },
            styles: styles.compactMap { MentoringStyle(rawValue: $0) }, budget: try Self.budget(row),
            zone: try (row.get("zone") as String?).flatMap { TimeZoneName($0) }, hours: try Self.hours(row))
    }

    private static func budget(_ row: Row) throws -> Budget {
        if try row.get("is_free_only") { return .free }
        let (amount, currency): (String?, String?) = try (row.get("most_amount"), row.get("most_currency"))
        guard let amount, let currency = currency.flatMap({ Currency($0) }), let per: Rate.Unit = try row.get("most_per"),
            let rate = Rate(amount: amount, currency: currency, per: per)
        else { return .any }
        return .atMost(rate)
    }

    private static func hours(_ row: Row) throws -> [WeeklyRule] {
        let (days, opens, closes): ([Int], [Int], [Int]) = try (
            row.get("rule_days"), row.get("rule_opens"), row.get("rule_closes"))
        return try days.indices.map { index in
            guard let weekday = Weekday(number: days[index]), let from = WallTime(minutes: opens[index]),
                let to = WallTime(minutes: closes[index]), let hours = OpenHours(from: from, to: to)
            else { throw StoreError.unreadable("hours of wishes") }
            return WeeklyRule(weekday: weekday, hours: hours)
        }
    }
}
