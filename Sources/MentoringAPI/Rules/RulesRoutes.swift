import JSONTree
package import Mentoring
import Social
package import WebServer

/// `/api/mentoring/rules`: what the community lays down, for everybody to know before they ask.
package struct RulesRoutes: Sendable {
    private let policy: MentoringPolicy

    package init(policy: MentoringPolicy) { self.policy = policy }

    package var routes: [Route] {
        [
            Route(.get, "/api/mentoring/rules", access: .token(.read)) { _ in
                Answer.json([
                    "most_open_asks": .int(policy.mostOpenAsks),
                    "answer_hours": .int(Int(SessionTimes.answer / 3600)),
                    "notice_hours": ["mentee": .int(policy.notice.ofMentee), "mentor": .int(policy.notice.ofMentor)],
                    "grace_minutes": .int(Int(SessionTimes.grace / 60)),
                    "outcome_days": .int(Int(SessionTimes.outcomeSilence / 86_400)),
                ]).privately
            }
        ]
    }
}
