import Foundation
import JSONTree
import Mentoring
package import PostgreSQL
import Social
import Store
import UseCases
package import WebServer
import Wire

/// `/api/mentoring/figures`: what sessions come to, for a person and for those who look after the community.
package struct FigureRoutes: Sendable {
    private let database: Pool

    package init(database: Pool) { self.database = database }

    package var routes: [Route] {
        let figures = "/api/mentoring/figures"
        return [
            Route(.get, figures, access: .token(.read)) { exchange in
                let person = try exchange.requireAccount().actor.id
                let now = Date()
                return Answer.json([
                    "as_mentor": try await database.figures(of: person, as: .mentor, at: now).json,
                    "as_mentee": try await database.figures(of: person, as: .mentee, at: now).json,
                ]).privately
            },
            Route(.get, "\(figures)/community", access: .token(.read)) { exchange in
                let reader = try exchange.requireAccount()
                return Answer.json(try await database.communityFigures(for: reader, at: Date()).json).privately
            },
        ]
    }
}

extension Figures {
    fileprivate var json: JSON {
        [
            "asked": .int(asked), "answered": .int(answered),
            "usual_answer_minutes": usualAnswerMinutes.map { .int($0) } ?? .null, "agreed": .int(agreed),
            "completed": .int(completed), "minutes": .int(minutes), "cancelled": .int(cancelled),
            "late_cancels": .int(lateCancels), "no_shows": .int(noShows), "missed": .int(missed),
            "completed_percent": completedShare.map { .int($0) } ?? .null, "ratings": ratings.json,
        ]
    }
}
