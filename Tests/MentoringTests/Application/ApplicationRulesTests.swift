import Foundation
import Testing
import Wire

@testable import Mentoring

@Suite struct ApplicationRulesTests {
    private static func earlier(_ text: String, _ decision: MentorApplication.Decision?) -> MentorApplication {
        MentorApplication(id: 1, applicant: Sample.noor, text: text, appliedAt: Sample.asked, decision: decision)
    }

    private static let approval = MentorApplication.Decision(refusal: nil, at: Sample.waiting, by: Sample.mika)
    private static let refusal = MentorApplication.Decision(refusal: "Too short.", at: Sample.waiting, by: nil)

    static let cases: [(text: String, earlier: MentorApplication?, isAdmitted: Bool, conflict: ApplicationConflict?)] = [
        ("I teach.", nil, false, nil),
        ("I teach.", nil, true, .notNeeded),
        ("I teach.", earlier("I teach.", nil), false, .waiting),
        ("Other words.", earlier("I teach.", nil), false, .waiting),
        ("Other words.", earlier("I teach.", approval), false, .notNeeded),
        ("I teach.", earlier("I teach.", refusal), false, .unchanged),
        (" I\n  teach. ", earlier("I teach.", refusal), false, .unchanged),
        ("I teach SQL.", earlier("I teach.", refusal), false, nil),
        ("I teach.", earlier("I teach.", refusal), true, .notNeeded),
    ]

    @Test("who may apply, and with what", arguments: cases.indices) func judges(index: Int) {
        let one = Self.cases[index]
        #expect(
            ApplicationRules.conflict(of: one.text, after: one.earlier, isAdmitted: one.isAdmitted) == one.conflict)
    }

    @Test("a text and a reason say something, within bounds") func texts() throws {
        #expect(try ApplicationRules.checked(text: " I teach.\r\nSQL. ") == "I teach.\nSQL.")
        for text in ["", " \n ", String(repeating: "x", count: 5001), "a\u{0}b"] {
            #expect(fields { try ApplicationRules.checked(text: text) } == ["text"])
        }
        for reason in ["", " ", String(repeating: "x", count: 1001)] {
            #expect(fields { try ApplicationRules.checked(reason: reason) } == ["reason"])
        }
    }

    @Test("without the community's yes a profile is shown to nobody, and its person asked by nobody") func hides() {
        let profile = MentorProfile(
            bio: "", expertise: [], languages: [], zone: .utc, isAccepting: true, offers: [], audience: .anyone,
            isPublished: true)
        #expect(profile.isShown && !profile.with(isAdmitted: false).isShown)
        let terms = MentorTerms(profile.with(isAdmitted: false), of: Sample.noor, askedBy: .known)
        #expect(terms.admission == .notAccepting)
    }
}
