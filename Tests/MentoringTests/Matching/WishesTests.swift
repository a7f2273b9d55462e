import Testing
import Wire

@testable import Mentoring

struct WishesTests {
    private func errors(_ change: (inout WishesDraft) -> Void) -> [String] {
        var draft = WishesDraft()
        change(&draft)
        do throws(InvalidFields) {
            _ = try draft.checked()
            return []
        } catch {
            return error.errors.map(\.field)
        }
    }

    @Test("Wishes are kept in one spelling, each once")
    func checked() throws {
        var draft = WishesDraft()
        draft.goals = " A first job.\r\nSoon. "
        draft.expertise = ["SQL", "#sql", "Data  careers"]
        draft.languages = ["ES", "pt-br"]
        draft.styles = ["async", "casual"]
        draft.mostRate = RateDraft(amount: "25", currency: "EUR", per: "hour")
        draft.zone = "Europe/Berlin"
        draft.rules = [.init(weekday: "friday", hours: .init(from: "17:00", to: "24:00"))]
        let wishes = try draft.checked()
        #expect(wishes.goals == "A first job.\nSoon.")
        #expect(wishes.expertise.map(\.text) == ["sql", "data careers"])
        #expect(wishes.languages.map(\.text) == ["es", "pt-BR"])
        #expect(wishes.styles == [.async, .casual])
        #expect(wishes.budget == .atMost(Sample.rate("25", "EUR", .hour)))
        #expect(wishes.hours.map(\.hours.description) == ["17:00-24:00"])
        #expect(try WishesDraft().checked() == Wishes())
    }

    @Test("Whatever is wrong is told at once, each by its field")
    func wrong() {
        let rule = AvailabilityDraft.Rule(weekday: "someday", hours: .init(from: "9", to: "08:00"))
        let tuesday = AvailabilityDraft.Rule(weekday: "tuesday", hours: .init(from: "09:00", to: "10:00"))
        #expect(errors { $0.goals = String(repeating: "a", count: 1001) } == ["goals"])
        #expect(errors { $0.expertise = ["sql", "<b>"] } == ["expertise[1]"])
        #expect(errors { $0.expertise = (0..<11).map { "tag\($0)" } } == ["expertise"])
        #expect(errors { $0.languages = ["german"] } == ["languages[0]"])
        #expect(errors { $0.styles = ["loud"] } == ["styles[0]"])
        #expect(errors { $0.mostRate = RateDraft(amount: "0", currency: "EUR", per: "day") }
            == ["most_rate.per"])
        #expect(errors { $0.zone = "Mars/Olympus" } == ["zone"])
        #expect(errors { $0.rules = [tuesday] } == ["zone"])
        #expect(errors {
            $0.zone = "UTC"
            $0.rules = [rule, tuesday, tuesday]
        } == ["rules[0].weekday", "rules[0].from", "rules[2]"])
        #expect(errors {
            $0.isFreeOnly = true
            $0.mostRate = RateDraft(amount: "5", currency: "EUR", per: "hour")
        } == ["most_rate"])
    }

    @Test("Who has said nothing is guessed to care for what they follow and whom they met")
    func guessed() throws {
        var background = Wishes.Background()
        #expect(Wishes(guessedFrom: background) == Wishes())
        background.interests = ["a", "b", "c", "d", "e", "f"].compactMap { ExpertiseTag($0) }
        background.metExpertise = ["b", "x", "y", "z", "w"].compactMap { ExpertiseTag($0) }
        background.languages = [try #require(LanguageTag("es"))]
        background.zone = .utc
        let wishes = Wishes(guessedFrom: background)
        #expect(wishes.expertise.map(\.text) == ["a", "b", "c", "d", "e", "x", "y", "z"])
        #expect(wishes.languages == background.languages && wishes.zone == .utc && wishes.goals.isEmpty)
    }

    @Test("What is said for once goes before what is kept, and goals with subjects")
    func merged() throws {
        let (from, to) = (try #require(WallTime(minutes: 0)), try #require(WallTime(minutes: 60)))
        let rule = WeeklyRule(weekday: .monday, hours: try #require(OpenHours(from: from, to: to)))
        let kept = Wishes(
            goals: "Old", expertise: [try #require(ExpertiseTag("sql"))], styles: [.async], budget: .free, zone: .utc,
            hours: [rule])
        var once = Wishes(goals: "New")
        let merged = kept.replacing(with: [.goals, .budget], by: once)
        #expect(merged.goals == "New" && merged.expertise.isEmpty && merged.budget == .any)
        #expect(merged.styles == [.async] && merged.hours == [rule])
        once.zone = try #require(TimeZoneName("Asia/Tokyo"))
        #expect(kept.replacing(with: .zone, by: once).hours.isEmpty)
        #expect(kept.replacing(with: [], by: once) == kept)
    }

    @Test("A rate fits by what the session costs, whatever it is counted by", arguments: [
        ("20", "EUR", Rate.Unit.session, 30, Budget.Fit.within), ("25", "EUR", .session, 60, .within),
        ("25.01", "EUR", .session, 60, .above), ("40", "EUR", .hour, 30, .within), ("51", "EUR", .hour, 30, .above),
        ("1", "USD", .session, 30, .incomparable),
    ] as [(String, String, Rate.Unit, Int, Budget.Fit)])
    func fits(amount: String, currency: String, per: Rate.Unit, minutes: Int, fit: Budget.Fit) {
        let budget = Budget.atMost(Sample.rate("25", "EUR", .session))
        #expect(budget.fit(Sample.rate(amount, currency, per), minutes: minutes) == fit)
        #expect(budget.fit(nil, minutes: minutes) == .free)
        #expect(Budget.free.fit(Sample.rate(amount, currency, per), minutes: minutes) == .above)
        #expect(Budget.any.fit(Sample.rate(amount, currency, per), minutes: minutes) == .within)
    }
}
