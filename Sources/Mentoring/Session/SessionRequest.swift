package import Foundation
package import Wire

/// What a person of this community enters to ask a mentor for a session, as it arrives.
package struct SessionRequest: Sendable {
    package static let topicLength = 1...200
    package static let messageLength = 0...5000

    /// Name of a type in the asker's community.
    package var type: String
    package var topic: String
    package var message: String
    package var start: Date
    package var minutes: Int
    /// IANA name.
    package var zone: String
    package var place: PlaceDraft
    /// What the asker expects to pay; nil takes what the mentor asks.
    package var rate: RateDraft?
    /// The link by which a mentor elsewhere has offered it.
    package var offer: URI?
    /// The session that it follows.
    package var follows: UUID?
    /// To the mentor's questions.
    package var answers: [IntakeAnswerDraft]

    package init(
        type: String, topic: String, message: String = "", start: Date, minutes: Int, zone: String,
        place: PlaceDraft = PlaceDraft(medium: Place.Medium.online.rawValue), rate: RateDraft? = nil,
        answers: [IntakeAnswerDraft] = []
    ) {
        self.type = type
        self.topic = topic
        self.message = message
        self.start = start
        self.minutes = minutes
        self.zone = zone
        self.place = place
        self.rate = rate
        self.answers = answers
    }

    /// - Throws: what is wrong in `mentor`, `type`, `topic`, `message`, `start`, `minutes`, `zone`, `place.medium`,
    ///   `place.detail`, `place.link`, `rate` (and its `.amount`, `.currency`, `.per`), `answers`, `answers[i].question`,
    ///   `answers[i].text`.
    package func checked(
        by asker: ActorID, of terms: MentorTerms, catalogue: Catalogue, now: Date
    ) throws(InvalidFields) -> CheckedRequest {
        var checks = FieldChecks()
        terms.checkAdmission(of: asker, &checks)
        let type = catalogue.offered(type, as: "type", &checks)
        let offer = type.flatMap { terms.offers?.given($0, &checks) }
        let topic = checks.text(topic, "topic", length: Self.topicLength, lines: .one)
        let message = checks.text(message, "message", length: Self.messageLength, lines: .several)
        let slot = checkedSlot(type, now, &checks)
        let place = place.checked("place.", &checks)
        let agreedRate = type.flatMap { checkedRate($0, offer, &checks) }
        // Who cannot ask at all is not asked for answers.
        let answers = terms.admission == .admitted ? answers.checked(against: terms.questions, &checks) : []
        try checks.finish()
        guard let type, let slot else { throw InvalidFields(checks.errors) }
        return CheckedRequest(
            mentee: asker, mentor: terms.mentor, kind: SessionKind(type), topic: topic, message: message, slot: slot,
            place: place, rate: agreedRate, answers: answers)
    }

    private func checkedSlot(_ type: SessionType?, _ now: Date, _ checks: inout FieldChecks) -> Slot? {
        let zone = TimeZoneName(zone)
        if zone == nil { checks.fail("zone", Slot.zoneAdvice) }
        _ = checks.start(start, now: now)
        type?.checkLength(minutes, &checks)
        return zone.flatMap { Slot(start: start, minutes: minutes, zone: $0) }
    }

    /// What the session will cost: what was stated if the mentor asks the same or is not known to ask anything else.
    private func checkedRate(_ type: SessionType, _ offer: MentorOffer?, _ checks: inout FieldChecks) -> Rate? {
        guard let draft = rate else { return type.pricing == .alwaysFree ? nil : offer?.rate }
        guard type.pricing == .mentorSetsRate else {
            checks.fail("rate", "\(type.name) is always free: leave the rate out.")
            return nil
        }
        guard let stated = draft.checked("rate", &checks) else { return nil }
        if let offer, offer.rate != stated {
            checks.fail(
                "rate", offer.rate.map { "This mentor asks \($0)." } ?? "This mentor gives it free: leave the rate out."
            )
        }
        return stated
    }
}

/// A request in which nothing is wrong.
package struct CheckedRequest: Hashable, Sendable {
    package let mentee: ActorID
    package let mentor: ActorID
    package let kind: SessionKind
    package let topic: String
    package let message: String
    package let slot: Slot
    package let place: Place
    package let rate: Rate?
    package let answers: [IntakeAnswer]

    /// The session that it begins: `here` or `owner`.
    ///
    /// - Parameters:
    ///   - holding: for how long its time is kept.
    ///   - answerBy: of the first date of a series, with which all of it is answered.
    ///   - inPosts: the party whose server knows no sessions.
    package func session(
        id: UUID, uri: URI, invite: URI, custody: Custody, holding: Holding = .never, answerBy: Date? = nil,
        inPosts: Role? = nil, now: Date
    ) -> (Session, SessionEvent) {
        let answerBy = SessionTimes.answerBy(since: now, slot: slot, stated: answerBy)
        let session = Session(
            id: id, uri: uri, invite: invite, mentee: mentee, mentor: mentor, custody: custody, kind: kind,
            topic: topic, message: message, requestedAt: now, slot: slot, place: place, rate: rate, revision: 0,
            revisedAt: now, status: .pending, answerBy: answerBy,
            heldUntil: holding.end(since: now, answerBy: answerBy), updatedAt: now, inPosts: inPosts)
        return (session, SessionEvent(.requested, by: .mentee, at: now, revision: 0, activity: invite))
    }
}
