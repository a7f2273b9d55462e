import Federation
import Foundation
import JSONTree
import Mentoring
import MentoringAPI
import Social
import TestSupport
import UseCases
import WebServer
import Wire

/// Mika and Noor and everything that the API offers them.
struct APIBench {
    let federation: TestFederation
    let mika: Account
    let noor: Account
    let zed: Account

    init(_ federation: TestFederation) async throws {
        self.federation = federation
        mika = try await federation.home.person("mika")
        noor = try await federation.home.mentor("noor")
        zed = try await federation.home.person("zed")
    }

    var routes: [Route] {
        let (database, community) = (federation.home.database, federation.community)
        let availabilities = Availabilities(database: database)
        let remote = RemoteTimes(database: database, remote: federation.remoteActors, fetcher: federation.fetcher)
        let find = FindActor(database: database, community: community, remote: federation.remoteActors)
        let findSoftware = FindSoftware(database: database, fetcher: federation.fetcher)
        return SessionRoutes(
            database: database, community: community, desk: federation.desk, find: find, findSoftware: findSoftware
        ).routes
            + ProfileRoutes(database: database, profiles: MentorProfiles(database: database, profiles: Profiles(consequences: []))).routes
            + DiscoverRoutes(database: database, community: community).routes + AnswerRoutes(database: database).routes
            + SuggestionRoutes(
                database: database, community: community, suggestions: Suggestions(database: database)).routes
            + CatalogueRoutes(database: database).routes + UsualPlaceRoutes(database: database).routes
            + NotificationRoutes(database: database).routes
            + AvailabilityRoutes(database: database, availabilities: availabilities).routes
            + SlotRoutes(
                database: database, community: community, availabilities: availabilities, remote: remote
            ).routes
            + HoldRoutes(database: database, community: community, desk: federation.desk).routes
    }

    func call(
        _ method: String, _ target: String, _ body: JSON? = nil, as account: Account? = nil,
        contentType: String = "application/json"
    ) async -> Answer {
        await routes.answer(
            method, "/api/mentoring" + target, fields: body == nil ? [] : [("content-type", contentType)],
            body: body?.serialized() ?? [], as: account ?? mika)
    }

    static let start = Date.hence(days: 5)

    static let request: JSON.Object = [
        "mentor": "noor", "type": "pana_support", "topic": "My portfolio", "message": "Hello\nNoor",
        "start": .string(DateTime.format(start)), "minutes": 30, "zone": "Europe/Berlin",
    ]

    /// The id of a new session.
    func ask(start: Date = APIBench.start) async throws -> String {
        var request = Self.request
        request["start"] = .string(DateTime.format(start))
        let answer = await call("POST", "/sessions", .object(request))
        guard answer.status == 201, let id = try json(answer.text)["id"]?.string else {
            throw UnreadableSample(text: answer.text)
        }
        return id
    }

    func respond(_ id: String, _ body: JSON, as account: Account? = nil) async -> Answer {
        await call("POST", "/sessions/\(id)/respond", body, as: account ?? noor)
    }

    func status(_ id: String) async throws -> String? {
        try json(await call("GET", "/sessions/\(id)").text)["status"]?.string
    }
}

extension Answer {
    /// The fields that a 422 names.
    var fieldNames: [String] {
        let fields = (try? TestSupport.json(text)["fields"]?.array) ?? []
        return fields.compactMap { $0["field"]?.string }
    }
}
