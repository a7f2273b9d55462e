package import ActivityStreams
import Foundation
package import Mentoring
import Social
package import Wire

// A session of the domain as a document of the wire, and back.

extension SessionDocument {
    /// The owner's Event. The topic and the message are for its addressee; the title tells nothing private.
    init(_ session: Session, mentee: Actor, mentor: Actor) {
        self.init(
            id: session.uri, owner: mentee.uri, mentor: mentor.uri, name: "Mentoring session",
            summary: "\(session.slot.text), \(session.place.medium.words)", topic: session.topic,
            message: session.message,
            start: session.slot.start, end: session.slot.end, zone: session.slot.zone.name,
            place: PlaceDocument(session.place.withoutSecrets), published: session.requestedAt,
            updated: session.revision > 0 ? session.updatedAt : nil, revision: session.revision,
            state: session.status.wireName, expiresAt: session.status == .pending ? session.answerBy : nil,
            kind: session.kind.name, kindLabel: session.kind.label,
            isAlwaysFree: session.kind.pricing == .alwaysFree, rate: session.rate.map(RateDocument.init),
            outcome: session.outcome.map(OutcomeDocument.init))
        heldUntil = session.status == .pending ? session.heldUntil : nil
    }

    /// nil when it lasts no time or too long.
    package var slot: Slot? { Slot(start: start, end: end, zone: zone.flatMap { TimeZoneName($0) } ?? .utc) }

    /// Until it is agreed, nobody tells where exactly; but who invites to a plain event does.
    package var sessionPlace: Place { revision == nil ? Place(place) : Place(place).withoutSecrets }

    package var sessionRate: Rate? { rate.flatMap(Rate.init) }

    /// False when a price is named that cannot be understood: it must not pass for free.
    package var hasClearPrice: Bool { areTermsReadable && (rate == nil || sessionRate != nil) }
}

extension RemoteRequest {
    package init(_ document: SessionDocument, invite: URI, requester: URI, answers: [AnswerDocument] = []) {
        self.init(
            event: document.id, invite: invite, requester: requester, attributedTo: document.owner,
            state: SessionStatus(wireName: document.state) ?? .cancelled, revision: document.revision,
            kind: SessionKind(
                name: document.kind, label: document.kindLabel,
                pricing: document.isAlwaysFree ? .alwaysFree : .mentorSetsRate),
            topic: document.topic ?? (document.revision == nil ? document.name : ""), message: document.message,
            start: document.start, end: document.end,
            zone: document.zone, place: document.sessionPlace, rate: document.sessionRate,
            answerBy: document.expiresAt, heldUntil: document.heldUntil,
            answers: answers.compactMap { IntakeAnswer(heard: $0.question, text: $0.text) }.withoutRepetition)
    }
}

extension [IntakeAnswer] {
    /// Of several answers to one question the first.
    fileprivate var withoutRepetition: [IntakeAnswer] {
        var known: Set<String> = []
        return filter { known.insert($0.question).inserted }
    }
}

extension PlaceDocument {
    init(_ place: Place) {
        self.init(
            medium: place.medium.wireName, detail: place.detail, link: place.link, platform: place.platform,
            passcode: place.passcode)
    }
}

extension Place {
    init(_ document: PlaceDocument) {
        self.init(
            medium: Medium(wireName: document.medium), detail: document.detail, link: document.link,
            platform: document.platform, passcode: document.passcode)
    }
}

extension Place.Medium {
    var wireName: String { self == .inPerson ? "inPerson" : rawValue }

    init(wireName: String) { self = wireName == "inPerson" ? .inPerson : Self(rawValue: wireName) ?? .online }
}

extension RateDocument {
    init(_ rate: Rate) {
        self.init(amount: rate.amount, currency: rate.currency.code, per: rate.per.rawValue)
    }
}

extension Rate {
    init?(_ document: RateDocument) {
        guard let currency = Currency(document.currency), let unit = Unit(rawValue: document.per) else { return nil }
        self.init(amount: document.amount, currency: currency, per: unit)
    }
}

extension OutcomeDocument {
    init(_ outcome: Outcome) {
        self.init(
            menteeAttended: outcome.menteeAttended, mentorAttended: outcome.mentorAttended, minutes: outcome.minutes)
    }
}

extension Outcome {
    init?(_ document: OutcomeDocument) {
        self.init(
            menteeAttended: document.menteeAttended, mentorAttended: document.mentorAttended, minutes: document.minutes)
    }
}

extension Reason {
    package init(_ document: ReasonDocument) { self.init(heard: document.text, code: document.code) }
}
