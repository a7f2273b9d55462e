import Foundation
import Mentoring
package import PostgreSQL
package import Social
import Store
package import WebServer
import Wire

/// The pages that people without an account can read.
package struct Pages: Sendable {
    let database: Pool
    let community: Community

    package init(database: Pool, community: Community) {
        self.database = database
        self.community = community
    }

    package var routes: [Route] {
        [
            StyleSheet.route,
            Route(.get, "/", access: .open) { _ in try await home() },
            Route(.get, "/authorize_interaction", access: .open) { try await interact($0) },
            Route(.get, "/@{name}/{id}", access: .open) { try await post($0) },
            mediaFiles,
        ] + DefaultImages.routes
    }

    private func home() async throws -> Answer {
        let mentors = try await database.mentors(MentorSearch(localOnly: true, limit: 40))
        return try Page.answer(
            "Welcome", community: community.name,
            template: """
                <div class="sheet">
                <h1>{{name}}</h1>
                <p>People here mentor each other, and people of other communities that speak the same open protocol. Ask
                one of them by their handle, from here or from there.</p>
                <h2>Mentors</h2>
                {{#hasMentors}}<ul class="people">{{#mentors}}
                <li><a href="{{url}}">{{name}}</a> <span class="handle">@{{handle}}</span></li>
                {{/mentors}}</ul>{{/hasMentors}}
                {{^hasMentors}}<p class="quiet">Nobody has published a profile yet.</p>{{/hasMentors}}
                </div>
                """,
            values: [
                "name": community.name, "hasMentors": !mentors.isEmpty,
                "mentors": mentors.map { mentor in
                    [
                        "url": (mentor.actor.url ?? mentor.actor.uri).string, "name": mentor.actor.displayName,
                        "handle": mentor.actor.handle.description,
                    ]
                },
            ]
        ).publicly(seconds: 60)
    }

    /// A post by the number that clients know it by: leads to its address, where it has its page and its document.
    private func post(_ exchange: Exchange) async throws -> Answer {
        guard let id = Input.id(exchange.parameter("id")),
            let post = try await database.post(PostID(rawValue: id), for: .nobody),
            let author = try await database.actor(id: post.author), author.isLocal,
            author.handle.name == exchange.parameter("name")
        else { throw Problem.notFound }
        return Answer(status: 302, fields: [("location", post.uri.string)]).publicly(seconds: 60)
    }

    /// The page of a person of this community, or of the server itself.
    package func actor(_ actor: Actor) async throws -> Answer {
        let profile = try await database.profile(of: actor.id).flatMap { $0.isShown ? $0 : nil }
        let catalogue = try await database.catalogue()
        let offers = (profile?.offers ?? []).compactMap { offer in
            catalogue[offer.type].map { ["label": $0.label, "rate": offer.rate?.description ?? "free"] }
        }
        let expertise = profile?.expertise.map(\.text) ?? []
        return try Page.answer(
            actor.displayName, community: community.name,
            template: """
                <div class="sheet">
                <h1>{{name}}</h1>
                <p class="handle">@{{handle}}</p>
                {{#isMentor}}
                <p class="bio">{{bio}}</p>
                {{#hasExpertise}}<h2>Can help with</h2><ul class="tags">{{#expertise}}<li>{{.}}</li>{{/expertise}}\
                </ul>{{/hasExpertise}}
                {{#hasOffers}}<h2>Sessions</h2><dl>{{#offers}}<dt>{{label}}</dt><dd>{{rate}}</dd>{{/offers}}</dl>\
                {{/hasOffers}}
                <h2>Languages and time</h2>
                <p>{{languages}} · {{zone}}</p>
                <p class="quiet">{{state}}</p>
                {{/isMentor}}
                {{^isMentor}}
                {{#hasSummary}}<p class="bio">{{summary}}</p>{{/hasSummary}}
                <p class="quiet">No mentor profile is published here.</p>
                {{/isMentor}}
                </div>
                """,
            values: [
                "name": actor.displayName, "handle": actor.handle.description, "isMentor": profile != nil,
                "hasSummary": !actor.summary.isEmpty, "summary": actor.summary, "bio": profile?.bio ?? "",
                "hasExpertise": !expertise.isEmpty, "expertise": expertise,
                "hasOffers": !offers.isEmpty, "offers": offers,
                "languages": profile?.languages.map(Self.name(of:)).joined(separator: ", ") ?? "",
                "zone": profile?.zone.name ?? "",
                "state": profile?.isAccepting == true
                    ? "Takes requests, by this handle." : "Takes no requests at present.",
            ]
        ).publicly(seconds: 60)
    }

    /// `de` as German.
    private static func name(of language: LanguageTag) -> String {
        Locale(identifier: "en").localizedString(forIdentifier: language.text) ?? language.text
    }
}
