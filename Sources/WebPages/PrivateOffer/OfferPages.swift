import Foundation
import Mentoring
package import PostgreSQL
package import Social
import Store
package import UseCases
package import WebServer
import Wire

/// What the link of an offer shows in a browser: to whoever has it, or after signing in to the one person whom it is
/// for. Looking takes nothing: programs that show links look at all of them.
package struct OfferPages: Sendable {
    private let database: Pool
    private let community: Community
    private let offers: PrivateOffers
    private let signIn: SignInPages

    package init(database: Pool, community: Community, offers: PrivateOffers, signIn: SignInPages) {
        self.database = database
        self.community = community
        self.offers = offers
        self.signIn = signIn
    }

    package var routes: [Route] {
        [Route(.get, "/offers/{token}", access: .open) { try await show($0) }]
    }

    private func show(_ exchange: Exchange) async throws -> Answer {
        let token = exchange.parameter("token")
        let reader = try await signIn.visitor(exchange)?.account.actor.id
        guard let offer = try await offers.offer(behind: token, for: reader, in: database),
            let mentor = try await database.actor(id: offer.mentor)
        else {
            guard reader == nil, Self.isToken(token) else { throw Problem.notFound }
            return try signIn.page(exchange, goOn: "/offers/\(token)")
        }
        let now = Date()
        guard offer.state(at: now) == .open else { throw Problem.gone }
        var zones = [try await database.profile(of: mentor.id)?.zone ?? .utc]
        if let reader, let own = try await database.profile(of: reader)?.zone, !zones.contains(own) { zones.append(own) }
        let length = Double(offer.terms.minutes) * 60
        let times = try await database.freeStarts(of: offer, now: now).map { start in
            [
                "machineTime": DateTime.format(start),
                "text": zones.map { $0.text(from: start, to: start.addingTimeInterval(length)) }.joined(separator: " · "),
            ]
        }
        return try Page.answer(
            "An offer of \(mentor.displayName)", community: community.name,
            template: """
                <article class="sheet">
                <h1>{{name}} offers you a session</h1>
                <p>{{kind}}, {{minutes}} minutes, {{rate}}, with <a href="{{page}}">{{name}}</a> \
                <span class="handle">@{{handle}}</span></p>
                {{#hasMessage}}<p class="bio">{{message}}</p>{{/hasMessage}}
                <h2>Times to choose from</h2>
                <ul>{{#times}}<li><time datetime="{{machineTime}}">{{text}}</time></li>{{/times}}</ul>
                {{#isTaken}}<p>None of them is free any more.</p>{{/isTaken}}
                <p>Until {{until}}, unless somebody else has the time by then. Ask {{handle}} for one of these times in the \
                program that you use for mentoring, here or in your own community, and give it the address of this page: \
                the session is agreed at once.</p>
                </article>
                """,
            values: [
                "name": mentor.displayName, "kind": offer.terms.kind.label, "minutes": offer.terms.minutes,
                "rate": offer.terms.rate?.description ?? "free", "page": (mentor.url ?? mentor.uri).string,
                "handle": mentor.handle.description, "hasMessage": !offer.terms.message.isEmpty,
                "message": offer.terms.message, "times": times, "isTaken": times.isEmpty,
                "until": zones[0].text(of: offer.terms.expiresAt),
            ]
        ).privately
    }

    private static func isToken(_ text: String) -> Bool {
        (20...200).contains(text.utf8.count) && text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
    }
}
