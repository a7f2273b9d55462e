import Foundation
import Mentoring
package import Social
import Store
import UseCases
package import WebServer
import Wire

extension Pages {
    /// The page of a person of this community, or of the community itself.
    package func actor(_ actor: Actor) async throws -> Answer {
        let mentor = try await database.profile(of: actor.id).flatMap { $0.isShown ? $0 : nil }
        let catalogue = try await database.catalogue()
        let own = try await database.actorProfile(of: actor.id)
        // What the mentor gives has places of its own.
        let shown = PublicProfile(actor, own, mentor: nil, catalogue: catalogue)
        var newHome: Actor?
        if let target = actor.movedTo { newHome = try await database.actor(id: target) }
        var values: [String: Any] = [
            "name": actor.displayName, "handle": actor.handle.description,
            "isCommunity": actor.kind == .application, "community": community.name,
            "summary": mentor.map { PublicProfile(actor, own, mentor: $0, catalogue: catalogue).summary } ?? shown.summary,
            "hasFields": !shown.fields.isEmpty, "fields": shown.fields.map { ["name": $0.name, "value": $0.value] },
            "isMentor": mentor != nil, "isNoMentor": mentor == nil && actor.kind != .application,
        ]
        if let newHome {
            values["newHome"] = ["page": (newHome.url ?? newHome.uri).string, "handle": newHome.handle.description]
        }
        if let icon = own.icon { values["picture"] = ["address": icon.url.string, "words": icon.description ?? ""] }
        if let mentor { values.merge(Self.values(of: mentor, catalogue)) { _, new in new } }
        return try Page.answer(
            actor.displayName, community: community.name, template: Self.template, values: values
        ).publicly(seconds: 60)
    }

    private static let template = """
        <div class="sheet">
        {{#picture}}<img class="portrait" src="{{address}}" alt="{{words}}" width="96" height="96">{{/picture}}
        <h1>{{name}}</h1>
        {{#isCommunity}}<p>This is the account with which {{community}} itself speaks to its people and to other
        servers.</p>{{/isCommunity}}
        {{^isCommunity}}<p class="handle">@{{handle}}</p>{{/isCommunity}}
        {{#newHome}}<p>Has moved to <a href="{{page}}">@{{handle}}</a>.</p>{{/newHome}}
        <div>{{{summary}}}</div>
        {{#hasFields}}<dl>{{#fields}}<dt>{{name}}</dt><dd>{{{value}}}</dd>{{/fields}}</dl>{{/hasFields}}
        {{#isMentor}}
        {{#hasExpertise}}<h2>Can help with</h2><ul class="tags">{{#expertise}}<li>{{.}}</li>{{/expertise}}\
        </ul>{{/hasExpertise}}
        {{#hasOffers}}<h2>Sessions</h2><dl>{{#offers}}<dt>{{label}}</dt><dd>{{rate}}</dd>{{/offers}}</dl>\
        {{/hasOffers}}
        <h2>Languages and time</h2>
        <p>{{languages}} · {{zone}}</p>
        <p class="quiet">{{state}}</p>
        {{/isMentor}}
        {{#isNoMentor}}<p class="quiet">No mentor profile is published here.</p>{{/isNoMentor}}
        </div>
        """

    private static func values(of mentor: MentorProfile, _ catalogue: Catalogue) -> [String: Any] {
        let offers = mentor.offers.compactMap { offer in
            catalogue[offer.type].map { ["label": $0.label, "rate": offer.rate?.description ?? "free"] }
        }
        let expertise = mentor.expertise.map(\.text)
        return [
            "hasExpertise": !expertise.isEmpty, "expertise": expertise, "hasOffers": !offers.isEmpty, "offers": offers,
            "languages": mentor.languages.map(name(of:)).joined(separator: ", "), "zone": mentor.zone.name,
            "state": mentor.isOpen ? "Takes requests, by this handle." : "Takes no requests at present.",
        ]
    }

    /// `de` as German.
    private static func name(of language: LanguageTag) -> String {
        Locale(identifier: "en").localizedString(forIdentifier: language.text) ?? language.text
    }
}
