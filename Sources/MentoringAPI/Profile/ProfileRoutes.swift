import Foundation
import JSONTree
import Mentoring
package import PostgreSQL
import Social
import Store
package import UseCases
package import WebServer
import Wire

/// `/api/mentoring/profile` and `/api/mentoring/discover`: what mentors say of themselves, and finding them.
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
                let change = try exchange.read(ProfileChange.init(fields:))
                let now = Date()
                let profile = try await profiles.change(of: account, now: now) { change.applied(to: $0, now: now) }
                return try await own(profile, of: account.actor.id)
            },
            Route(.post, "/api/mentoring/profile/resume", access: .token(.write)) { exchange in
                let mentor = try exchange.requireAccount().actor.id
                return try await own(try await profiles.resume(mentor, now: Date()), of: mentor)
            },
            Route(.get, "/api/mentoring/discover", access: .token(.read)) { try await discover($0) },
        ]
    }

    private func own(_ profile: MentorProfile?, of mentor: ActorID) async throws -> Answer {
        guard let profile else {
            throw Problem(
                status: 404, message: "You have no mentor profile yet. POST one to /api/mentoring/profile.")
        }
        let now = Date()
        let record = try await database.records(of: [mentor], at: now)[mentor]
        return Answer.json(profile.json(record?.responsiveness(at: now))).privately
    }

    private func discover(_ exchange: Exchange) async throws -> Answer {
        let limit = try exchange.limit()
        let free = exchange.query("free")
        guard free == nil || free == "true" || free == "false" else {
            throw FieldError(field: "free", message: "Use true or false.")
        }
        let search = MentorSearch(
            expertise: try Self.terms(exchange.query("expertise"), "expertise", as: { ExpertiseTag($0)?.text }),
            languages: try Self.terms(exchange.query("language"), "language", as: { LanguageTag($0)?.text }),
            freeOnly: free == "true", text: try Self.text(exchange.query("q")),
            after: try exchange.cursor("after").map(ActorID.init), limit: limit)
        let found = try await database.mentors(search)
        let next = found.count == limit ? found.last.map { JSON.string(String($0.actor.id.rawValue)) } : nil
        return Answer.json([
            "mentors": .array(
                found.map { mentor in
                    ["person": PersonEntity.json(mentor.actor), "profile": mentor.profile.json]
                }),
            "next": next ?? .null,
        ]).privately
    }

    private static func terms(_ text: String?, _ field: String, as read: (String) -> String?) throws -> [String] {
        try (text ?? "").split(separator: ",").map { word in
            guard let term = read(String(word)) else {
                throw FieldError(field: field, message: "Separate them by commas; one of them cannot be one.")
            }
            return term
        }
    }

    private static func text(_ text: String?) throws(FieldError) -> String? {
        guard let text else { return nil }
        guard text.utf8.count <= 200, !text.utf8.contains(0) else {
            throw FieldError(field: "q", message: "Use at most 200 bytes of text.")
        }
        return text
    }
}
