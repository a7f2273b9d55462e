package import Foundation
package import Wire

/// A request from another community: an Invite with its Event, or an Update whose Invite never came, read but not yet
/// judged (federation profile 6.3). That signer and `actor` are one, and that `to` names the mentor, was verified.
package struct RemoteRequest: Sendable {
    package var event: URI
    package var invite: URI
    /// The signer.
    package var requester: URI
    /// `attributedTo` of the Event.
    package var attributedTo: URI
    package var state: SessionStatus
    /// nil where its server counts none: then only another time makes a new one.
    package var revision: Int?
    package var kind: SessionKind
    package var topic: String
    package var message: String
    package var start: Date
    package var end: Date
    /// IANA name; an unknown one is read as UTC.
    package var zone: String?
    package var place: Place
    package var rate: Rate?
    package var answerBy: Date?
    /// Until when its owner believes the time to be kept.
    package var heldUntil: Date?
    /// The link of the offer that it takes.
    package var offer: URI?
    package var answers: [IntakeAnswer]
    /// Which date of which series it is.
    package var series: SeriesMark?
    package var act: HeardAct?

    package init(
        event: URI, invite: URI, requester: URI, attributedTo: URI, state: SessionStatus = .pending,
        revision: Int? = 0, kind: SessionKind, topic: String, message: String = "", start: Date, end: Date,
        zone: String? = nil, place: Place = Place(medium: .online), rate: Rate? = nil, answerBy: Date? = nil,
        heldUntil: Date? = nil, offer: URI? = nil, answers: [IntakeAnswer] = []
    ) {
        self.event = event
        self.invite = invite
        self.requester = requester
        self.attributedTo = attributedTo
        self.state = state
        self.revision = revision
        self.kind = kind
        self.topic = topic
        self.message = message
        self.start = start
        self.end = end
        self.zone = zone
        self.place = place
        self.rate = rate
        self.answerBy = answerBy
        self.heldUntil = heldUntil
        self.offer = offer
        self.answers = answers
    }

    /// - Parameters:
    ///   - withdrawal: what `Withdrawal` is stored for `event`, if any.
    ///   - id: this copy's own id, should the request be taken.
    ///   - holding: for how long the mentor has times kept.
    ///   - asks: the asker's requests that wait here.
    package func judged(
        from mentee: ActorID, to terms: MentorTerms, id: UUID, withdrawal: Withdrawal?, holding: Holding = .never,
        asks: OpenAsks? = nil, now: Date
    ) -> RequestVerdict {
        if let fault = fault { return .refused(fault) }
        guard mentee != terms.mentor else { return .refused(.selfRequest) }
        if let withdrawal, withdrawal.forbids(self, now: now) { return .refused(.withdrawn) }
        guard start > now else { return .refused(.startInPast) }
        guard let slot else { return .refused(end > start ? .tooLong : .endNotAfterStart) }

        let answerBy = SessionTimes.answerBy(since: now, slot: slot, stated: answerBy)
        let revision = revision ?? 0
        let topic = PlainText.fitted(topic, limit: SessionRequest.topicLength.upperBound, lines: .one)
        let session = Session(
            id: id, uri: event, invite: invite, mentee: mentee, mentor: terms.mentor, custody: .mirror, kind: kind,
            topic: topic.isEmpty ? kind.label : topic,
            message: PlainText.fitted(message, limit: SessionRequest.messageLength.upperBound, lines: .several),
            requestedAt: now, slot: slot, place: place, rate: rate, revision: revision, revisedAt: now,
            status: .pending, answerBy: answerBy,
            heldUntil: holding.end(since: now, answerBy: answerBy, stated: heldUntil), updatedAt: now)
        let event = SessionEvent(.requested, by: .mentee, at: now, revision: revision, activity: invite)
        switch terms.admission {
        case .admitted:
            let tooMany = asks?.refusal.map { Reason(heard: $0, code: Reason.Code.policy.rawValue) }
            return tooMany.map { .unwelcome(session, event, $0) } ?? .welcome(session, event)
        case .full:
            return .unwelcome(
                session, event, Reason(heard: MentorTerms.fullness, code: Reason.Code.capacity.rawValue))
        case .notAccepting, .outsideAudience: return .unwelcome(session, event, Reason(.policy))
        }
    }

    /// nil when it lasts no time or more than eight hours.
    package var slot: Slot? { Slot(start: start, end: end, zone: zone.flatMap(TimeZoneName.init) ?? .utc) }

    private var fault: RequestRefusal? {
        guard attributedTo == requester else { return .foreignEvent }
        guard event.isSameOrigin(as: requester), invite.isSameOrigin(as: requester) else { return .foreignEvent }
        guard state == .pending, (0...Session.lastRevision).contains(revision ?? 0) else { return .notARequest }
        return nil
    }
}

package enum RequestVerdict: Hashable, Sendable {
    /// A new session that waits for its mentor.
    case welcome(Session, SessionEvent)
    /// The mentor's settings forbid it, they have no room, or the asker waits for enough answers already. The session is
    /// stored all the same, so that a repeated request finds its answer, and the clock declines it with the reason in the
    /// same transaction.
    case unwelcome(Session, SessionEvent, Reason)
    case refused(RequestRefusal)
}

/// Why a request is dropped without an answer.
package enum RequestRefusal: String, CaseIterable, Sendable {
    /// Event, Invite and requester are not of one origin, or the Event is somebody else's.
    case foreignEvent = "foreign_event"
    /// Its state is not `requested`, or its revision none.
    case notARequest = "not_a_request"
    case selfRequest = "self_request"
    case startInPast = "start_in_past"
    case endNotAfterStart = "end_not_after_start"
    case tooLong = "too_long"
    /// The Event was deleted before its Invite arrived.
    case withdrawn
    /// The asker has too many requests waiting here.
    case tooMany = "too_many"
}
