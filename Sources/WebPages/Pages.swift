import Foundation
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
        let mentors = try await database.mentors(MentorSearch(home: .here, limit: 40))
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
}
