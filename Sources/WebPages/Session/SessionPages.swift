package import Foundation
import Mentoring
package import PostgreSQL
package import Social
import Store
import UseCases
package import WebServer
import Wire

/// A session for the two people in it, who must be signed in. For everybody else it looks like what never existed.
package struct SessionPages: Sendable {
    private let database: Pool
    private let community: Community
    private let signIn: SignInPages

    package init(database: Pool, community: Community, signIn: SignInPages) {
        self.database = database
        self.community = community
        self.signIn = signIn
    }

    package func session(_ id: UUID, _ exchange: Exchange) async throws -> Answer {
        guard let reader = try await signIn.visitor(exchange)?.account.actor.id else {
            return try signIn.page(exchange, goOn: "/sessions/\(id.uuidString.lowercased())")
        }
        guard let session = try await database.session(id, for: reader), let role = session.role(of: reader),
            let other = try await database.actor(id: role == .mentor ? session.mentee : session.mentor)
        else { throw Problem.notFound }
        let zone = try await database.profile(of: reader)?.zone
        let here = session.slot.text(in: zone)
        let words = try await database.events(of: id).compactMap { Self.words($0, role: role, other: other) }
        let place = session.place
        let link = session.status.isOpen ? place.link : nil
        let medium = place.medium.words.prefix(1).uppercased() + place.medium.words.dropFirst()
        // The title stays in lists of what somebody has read, on whatever computer it was.
        return try Page.answer(
            "Mentoring session", community: community.name,
            template: """
                <article class="sheet">
                <h1>{{topic}}</h1>
                <p>{{kind}} with <a href="{{page}}">{{name}}</a> <span class="handle">@{{handle}}</span></p>
                <dl>
                <dt>State</dt><dd>{{status}}</dd>
                <dt>When</dt><dd><time datetime="{{machineTime}}">{{time}}</time>{{#hasHere}}<br>\
                For you: {{here}}{{/hasHere}}</dd>
                <dt>Where</dt><dd>{{medium}}{{#hasLink}}, \
                <a href="{{link}}" rel="nofollow noopener noreferrer">{{link}}</a>{{/hasLink}}</dd>
                {{#hasDetail}}<dt>How to get there</dt><dd>{{detail}}</dd>{{/hasDetail}}
                <dt>Price</dt><dd>{{rate}}</dd>
                {{#isPending}}<dt>Answer until</dt><dd>{{deadline}}</dd>{{/isPending}}
                </dl>
                {{#hasMessage}}<h2>Message</h2><p class="bio">{{message}}</p>{{/hasMessage}}
                {{#words}}<h2>{{heading}}</h2><p class="bio">{{text}}</p>{{/words}}
                </article>
                """,
            values: [
                "topic": session.topic, "kind": session.kind.label, "page": (other.url ?? other.uri).string,
                "name": other.displayName, "handle": other.handle.description, "status": session.status.words(for: role),
                "machineTime": DateTime.format(session.slot.start), "time": session.slot.text, "hasHere": here != nil, "here": here ?? "",
                "medium": medium, "hasLink": link != nil, "link": link?.string ?? "",
                "hasDetail": place.detail != nil, "detail": place.detail ?? "",
                "rate": session.rate?.description ?? "free", "isPending": session.status == .pending,
                "deadline": (zone ?? session.slot.zone).text(of: session.answerBy), "hasMessage": !session.message.isEmpty,
                "message": session.message, "words": words,
            ]
        ).privately
    }

    /// What one of the two wrote with a step; nil for steps without words.
    private static func words(_ event: RecordedEvent, role: Role, other: Actor) -> [String: String]? {
        guard let text = event.words, !text.isEmpty else { return nil }
        let heading =
            switch event.kind {
            case "accepted": "With the agreement"
            case "declined", "cancelled": "Why not"
            case "disputed": "Objection"
            default: "Why another time"
            }
        return ["heading": "\(heading), \(event.by == role ? "from you" : "from \(other.displayName)")", "text": text]
    }
}

extension SessionStatus {
    fileprivate func words(for role: Role) -> String {
        switch self {
        case .pending: role == .mentor ? "Waits for your answer" : "Waits for an answer"
        case .scheduled: "Agreed"
        case .declined: "Declined"
        case .cancelled: "Cancelled"
        case .expired: "Not answered in time"
        case .completed: "Done"
        case .noShow: "Did not take place"
        }
    }
}
