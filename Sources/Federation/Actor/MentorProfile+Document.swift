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
            goals: mentor.goals.prefix(ProfileDraft.mostGoals).filter {
                ProfileDraft.goalLength.contains($0.unicodeScalars.count)
            },
            languages: mentor.languages.prefix(ProfileDraft.mostLanguages).compactMap { LanguageTag($0) },
            zone: mentor.zone.flatMap { TimeZoneName($0) } ?? .utc, isAccepting: mentor.isOpen,
            returnsOn: mentor.isOpen ? nil : mentor.returnsOn.flatMap { ReturnDay($0) },
            styles: MentoringStyle.allCases.filter { mentor.styles.contains($0.rawValue) },
            hoursPerMonth: mentor.hoursPerMonth.flatMap { ProfileDraft.hoursPerMonth.contains($0) ? $0 : nil },
            mostMentees: mentor.mostMentees.flatMap { ProfileDraft.mentees.contains($0) ? $0 : nil },
            video: mentor.video.flatMap { $0.scheme == .https ? $0 : nil },
            offers: mentor.offers.prefix(ProfileDraft.mostOffers).map {
                MentorOffer(type: $0.kind, rate: $0.rate.flatMap(Rate.init))
            },
            audience: Audience(wireName: mentor.acceptsRequestsFrom),
            questions: mentor.questions.prefix(ProfileDraft.mostQuestions).compactMap { IntakeQuestion(remote: $0) },
            holding: mentor.holdsRequests.flatMap { Holding(wireName: $0) }, isPublished: true)
    }
}

extension MentorDocument {
    /// The profile as the actor publishes it, with the labels of the community's catalogue.
    ///
    /// - Parameter holding: for how long requests keep their time.
    init(_ profile: MentorProfile, holding: Holding, catalogue: Catalogue) {
        self.init(
            isOpen: profile.isOpen, expertise: profile.expertise.map(\.text),
            languages: profile.languages.map(\.text), zone: profile.zone.name,
            acceptsRequestsFrom: profile.audience.wireName,
            offers: profile.offers.compactMap { offer in
                catalogue[offer.type].map {
                    Offer(
                        kind: $0.name, kindLabel: $0.label, isAlwaysFree: $0.pricing == .alwaysFree,
                        rate: offer.rate.map(RateDocument.init))
                }
            })
        returnsOn = profile.returnsOn?.text
        goals = profile.goals
        styles = profile.styles.map(\.rawValue)
        hoursPerMonth = profile.hoursPerMonth
        mostMentees = profile.mostMentees
        video = profile.video
        holdsRequests = holding.wireName
        questions = profile.questions.map {
            Question(text: $0.text, isRequired: $0.isRequired, leastLength: $0.leastLength)
        }
    }
}

extension IntakeQuestion {
    /// nil for a question that is longer than any of ours; a demand that is out of bounds is brought into them.
    fileprivate init?(remote question: MentorDocument.Question) {
        guard Self.textLength.contains(question.text.unicodeScalars.count) else { return nil }
        let bounds = Self.leastLengths
        self.init(
            text: question.text, isRequired: question.isRequired,
            leastLength: min(max(question.leastLength, bounds.lowerBound), bounds.upperBound))
    }
}

extension Audience {
    fileprivate var wireName: String { self == .nobody ? "none" : rawValue }

    fileprivate init(wireName: String) { self = wireName == "none" ? .nobody : Self(rawValue: wireName) ?? .anyone }
}
