import ActivityStreams
import Foundation
import Mentoring
import SafeText
import Wire

extension MentorProfile {
    /// What a remote actor publishes about mentoring; nil when nothing. What cannot be understood is left out.
    init?(remote document: ActorDocument) {
        guard let mentor = document.mentor else { return nil }
        self.init(
            bio: plainText(fromHTML: document.summary, limit: ProfileDraft.bioLength.upperBound),
            expertise: mentor.expertise.prefix(ProfileDraft.mostTags).compactMap { ExpertiseTag($0) },
            languages: mentor.languages.prefix(ProfileDraft.mostLanguages).compactMap { LanguageTag($0) },
            zone: mentor.zone.flatMap { TimeZoneName($0) } ?? .utc, isAccepting: mentor.isOpen,
            offers: mentor.offers.prefix(ProfileDraft.mostOffers).map {
                MentorOffer(type: $0.kind, rate: $0.rate.flatMap(Rate.init))
            },
            audience: Audience(wireName: mentor.acceptsRequestsFrom), isPublished: true)
    }
}

extension MentorDocument {
    /// The profile as the actor publishes it, with the labels of the community's catalogue.
    init(_ profile: MentorProfile, catalogue: Catalogue) {
        self.init(
            isOpen: profile.isAccepting, expertise: profile.expertise.map(\.text),
            languages: profile.languages.map(\.text), zone: profile.zone.name,
            acceptsRequestsFrom: profile.audience.wireName,
            offers: profile.offers.compactMap { offer in
                catalogue[offer.type].map {
                    Offer(
                        kind: $0.name, kindLabel: $0.label, isAlwaysFree: $0.pricing == .alwaysFree,
                        rate: offer.rate.map(RateDocument.init))
                }
            })
    }
}

extension Audience {
    fileprivate var wireName: String { self == .nobody ? "none" : rawValue }

    fileprivate init(wireName: String) { self = wireName == "none" ? .nobody : Self(rawValue: wireName) ?? .anyone }
}
