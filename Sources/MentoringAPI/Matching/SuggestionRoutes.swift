import Foundation
import JSONTree
import Mentoring
package import PostgreSQL
package import Social
import Store
package import UseCases
package import WebServer
import Wire

/// `/api/mentoring/suggestions` and `/api/mentoring/wishes`: who suits the holder of the token, and what they hope for.
package struct SuggestionRoutes: Sendable {
    private let database: Pool
    private let community: Community
    private let suggestions: Suggestions

    package init(database: Pool, community: Community, suggestions: Suggestions) {
        self.database = database
        self.community = community
        self.suggestions = suggestions
    }

    package var routes: [Route] {
        [
            Route(.get, "/api/mentoring/suggestions", access: .token(.read)) { exchange in
                let account = try exchange.requireAccount()
                let question = try SuggestionQuery.question(exchange, own: community)
                let found = try await suggestions(question, for: account, now: Date())
                let communities = try await CommunityEntity(
                    of: found.suggestions.map(\.actor), own: community, on: database)
                return Answer.json([
                    "suggestions": .array(found.suggestions.map { $0.json(communities) }), "wishes": found.wishes.json,
                    "guessed": .bool(found.isGuessed),
                ]).privately
            },
            Route(.get, "/api/mentoring/wishes", access: .token(.read)) { exchange in
                let account = try exchange.requireAccount()
                guard let wishes = try await database.wishes(of: account.actor.id) else {
                    throw Problem(status: 404, message: "You have said nothing yet. PUT your wishes to this address.")
                }
                return Answer.json(wishes.json).privately
            },
            Route(.put, "/api/mentoring/wishes", access: .token(.write)) { exchange in
                let account = try exchange.requireAccount()
                let wishes = try exchange.read(WishesDraft.init(fields:)).checked()
                try await database.save(wishes, of: account.actor.id)
                return Answer.json(wishes.json).privately
            },
        ]
    }
}
