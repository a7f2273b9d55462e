import Foundation
import Wire

/// The fields one by one.
extension ProfileDraft {
    func checkedGoals(_ checks: inout FieldChecks) -> [String] {
        guard goals.count <= Self.mostGoals else {
            checks.fail("goals", "Give at most \(Self.mostGoals).")
            return []
        }
        var checked: [String] = []
        for (index, goal) in goals.enumerated() {
            let text = checks.text(goal, "goals[\(index)]", length: Self.goalLength, lines: .one)
            if !checked.contains(text) { checked.append(text) }
        }
        return checked
    }

    /// nil for who takes requests: what they said of a return is over.
    func checkedReturn(in zone: TimeZoneName, now: Date, _ checks: inout FieldChecks) -> ReturnDay? {
        guard let returnsOn else { return nil }
        let day = ReturnDay(returnsOn)
        if day == nil || !isAccepting && day?.isAhead(of: now, in: zone) != true {
            checks.fail(
                "returns_on", "Use a day to come, such as 2027-03-01, at most \(ReturnDay.mostDays) days ahead.")
        }
        return isAccepting ? nil : day
    }

    func checkedVideo(_ checks: inout FieldChecks) -> URI? {
        guard let video else { return nil }
        let address = URI(PlainText.trimmed(video)).flatMap { $0.scheme == .https ? $0 : nil }
        if address == nil { checks.fail("video", "Use an https address.") }
        return address
    }

    func checkedQuestions(_ checks: inout FieldChecks) -> [IntakeQuestion] {
        guard questions.count <= Self.mostQuestions else {
            checks.fail("questions", "Give at most \(Self.mostQuestions).")
            return []
        }
        var checked: [IntakeQuestion] = []
        for (index, question) in questions.enumerated() {
            let field = "questions[\(index)]"
            let text = checks.text(question.text, "\(field).text", length: IntakeQuestion.textLength, lines: .one)
            if checked.contains(where: { $0.text == text }) {
                checks.fail("\(field).text", "This question is in the list already.")
            }
            Self.check(question.leastLength, "\(field).least_length", IntakeQuestion.leastLengths, &checks)
            checked.append(
                IntakeQuestion(text: text, isRequired: question.isRequired, leastLength: question.leastLength))
        }
        return checked
    }

    /// - Parameter kept: offers that stay as they are, also those of types that are no longer offered.
    func checkedOffers(
        _ catalogue: Catalogue, kept: Set<MentorOffer>, _ checks: inout FieldChecks
    ) -> [MentorOffer] {
        guard offers.count <= Self.mostOffers else {
            checks.fail("offers", "Give at most \(Self.mostOffers).")
            return []
        }
        let retired = kept.filter { catalogue[$0.type]?.isOffered != true }
        var checked: [MentorOffer] = []
        for (index, offer) in offers.enumerated() {
            guard !checked.contains(where: { $0.type == offer.type }) else {
                checks.fail("offers[\(index)].type", "\(offer.type) is in the list already.")
                continue
            }
            if let same = retired.first(where: { $0.type == offer.type && $0.rate.map(RateDraft.init) == offer.rate }) {
                checked.append(same)
                continue
            }
            guard let type = catalogue.offered(offer.type, as: "offers[\(index)].type", &checks) else { continue }
            var rate: Rate?
            if let draft = offer.rate {
                if type.pricing == .alwaysFree {
                    checks.fail("offers[\(index)].rate", "\(type.name) is always free: leave the rate out.")
                } else {
                    rate = draft.checked("offers[\(index)].rate", &checks)
                }
            }
            checked.append(MentorOffer(type: type.name, rate: rate))
        }
        return checked
    }

    static func check(_ number: Int?, _ field: String, _ range: ClosedRange<Int>, _ checks: inout FieldChecks) {
        if let number, !range.contains(number) {
            checks.fail(field, "Use \(range.lowerBound) to \(range.upperBound).")
        }
    }

    static func list<Element: Hashable>(
        _ texts: [String], _ field: String, most: Int, _ checks: inout FieldChecks, read: (String) -> Element?,
        expected: String
    ) -> [Element] {
        guard texts.count <= most else {
            checks.fail(field, "Give at most \(most).")
            return []
        }
        var seen: Set<Element> = []
        var list: [Element] = []
        for (index, text) in texts.enumerated() {
            guard let element = read(text) else {
                checks.fail("\(field)[\(index)]", expected)
                continue
            }
            if seen.insert(element).inserted { list.append(element) }
        }
        return list
    }
}

extension RateDraft {
    init(_ rate: Rate) { self.init(amount: rate.amount, currency: rate.currency.code, per: rate.per.rawValue) }
}
