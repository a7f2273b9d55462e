import Foundation
import JSONTree
import Mentoring
package import PostgreSQL
import Social
import Store
package import UseCases
package import WebServer
import Wire

/// `/api/mentoring/profile`: what mentors say of themselves.
package struct ProfileRoutes: Sendable {
    private let database: Pool
    private let profiles: MentorProfiles

    package init(database: Pool, profiles: MentorProfiles) {
        self.database = database
        self.profiles = profiles
    }

    package var routes: [Route] {
        [
            Route(.get, "/api/mentoring/profile", access: .token(.read)) { exchange in
                let mentor = try exchange.requireAccount().actor.id
                return try await own(try await database.profile(of: mentor), of: mentor)
            },
            Route(.post, "/api/mentoring/profile", access: .token(.write)) { exchange in
                let account = try exchange.requireAccount()
                let draft = try exchange.read(ProfileDraft.init(fields:))
                let profile = try await profiles.save(draft, of: account, now: Date())
                return try await own(profile, of: account.actor.id)
            },
            Route(.patch, "/api/mentoring/profile", access: .token(.write)) { exchange in
                let account = try exchange.requireAccount()
                let edits = try exchange.read(ProfileEdits.init(fields:))
                let now = Date()
                let profile = try await profiles.change(of: account, now: now) { edits.applied(to: $0, now: now) }
                return try await own(profile, of: account.actor.id)
            },
            Route(.post, "/api/mentoring/profile/resume", access: .token(.write)) { exchange in
                let mentor = try exchange.requireAccount().actor.id
                return try await own(try await profiles.resume(mentor, now: Date()), of: mentor)
            },
        ]
    }

    private func own(_ profile: MentorProfile?, of mentor: ActorID) async throws -> Answer {
        guard let profile else {
            throw Problem(
                status: 404, message: "You have no mentor profile yet. POST one to /api/mentoring/profile.")
        }
        let now = Date()
        let record = try await database.records(of: [mentor], at: now)[mentor]
        let ratings = try await database.ratings(of: [mentor])[mentor] ?? .none
        return Answer.json(profile.json(record?.responsiveness(at: now), ratings)).privately
    }
}
