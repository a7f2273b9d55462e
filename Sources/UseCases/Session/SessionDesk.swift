package import Foundation
package import Mentoring
package import PostgreSQL
package import Social
package import Store
package import Wire

/// The one place where sessions change, whoever asks: a person of this community, another server, or the clock.
///
/// Loads and locks the session, lets the rules decide, stores what they decided, and has everything that follows
/// written in the same transaction.
package struct SessionDesk: Sendable {
    /// Requests of one person elsewhere that may wait for an answer at a time; what comes beyond is not even stored.
    package static let mostPending = 1000

    let community: Community
    package let policy: MentoringPolicy
    private let consequences: [any SessionConsequence]
    /// Of which all that is decided is a part.
    var act: SeriesAct?

    package init(
        community: Community, policy: MentoringPolicy = MentoringPolicy(), consequences: [any SessionConsequence]
    ) {
        self.community = community
        self.policy = policy
        self.consequences = consequences
    }

    /// A command as it came: what, and the words of the wire around it. People of this community leave those out.
    package struct Command: Sendable {
        package var action: SessionAction
        package var revision: Int?
        package var published: Date?
        package var activity: URI?
        package var act: HeardAct?

        package init(_ action: SessionAction, revision: Int? = nil, published: Date? = nil, activity: URI? = nil) {
            self.action = action
            self.revision = revision
            self.published = published
            self.activity = activity
        }
    }

    /// Asks a mentor, here or elsewhere, for a session.
    ///
    /// - Throws: `InvalidFields` with everything that is wrong in the request, or that one more is too many;
    ///   `TimeNotFree` where a mentor of ours has set hours and the time is none of those that are offered.
    package func request(
        _ request: SessionRequest, by mentee: Actor, of mentor: Actor, now: Date, in transaction: Transaction
    ) async throws -> Session {
        let terms = try await terms(of: mentor, askedBy: mentee, now: now, in: transaction)
        let checked = try request.checked(
            by: mentee.id, of: terms, catalogue: try await transaction.catalogue(), now: now)
        let manner = try await manner(of: mentor, askedBy: mentee, in: transaction)
        try await requireOneMoreAsk(by: mentee.id, in: transaction)
        let holding: Holding?
        if mentor.isLocal {
            try await transaction.lockCalendar(of: mentor.id)
            try await requireOffer(
                of: checked.slot, type: checked.kind.name, by: mentor.id, for: mentee.id, now: now, in: transaction)
            holding = try await transaction.holding(of: mentor.id)
        } else {
            holding = try await transaction.profile(of: mentor.id)?.holding
        }
        return try await begin(
            checked, of: mentor, manner, holding: holding ?? .never, offer: request.offer, follows: request.follows,
            invite: community.addresses.activity(UUID()), now: now, in: transaction)
    }

    /// Writes down a session that is asked for.
    func begin(
        _ checked: CheckedRequest, of mentor: Actor, _ manner: SessionManner? = nil, holding: Holding,
        answerBy: Date? = nil, offer: URI? = nil, follows: UUID? = nil, invite: URI,
        place: SeriesPlace? = nil, now: Date, in transaction: Transaction
    ) async throws -> Session {
        let id = UUID()
        let manner = manner ?? (mentor.isLocal ? .here : .owner)
        let (session, event) = checked.session(
            id: id, uri: community.addresses.session(id), invite: invite, custody: manner.custody, holding: holding,
            answerBy: answerBy, inPosts: manner.inPosts, now: now)
        guard try await transaction.insert(session) else { throw StoreError.nothingReturned }
        if let place { _ = try await transaction.insert(place, of: id) }
        try await transaction.releaseHold(of: session.mentee, with: mentor.id)
        try await keepTime(of: session, now: now, in: transaction)
        if let offer { try await transaction.setOfferLink(offer, of: id) }
        if let follows { try await transaction.setFollows(follows, of: id) }
        try await transaction.insert(checked.answers, of: session.id)
        try await follow(session, event, replies: [], cause: session.invite, in: transaction)
        return session
    }

    /// What became of a request from elsewhere.
    package enum Reception: Sendable {
        case taken
        /// The session was known; what the rules made of hearing the request once more.
        case known(Decision)
        case dropped(RequestRefusal)
    }

    /// Takes the request of somebody elsewhere to a mentor of ours. What asks for a time that is agreed with others, or
    /// kept for them, is declined at once.
    package func receive(
        _ request: RemoteRequest, from mentee: Actor, to mentor: Actor, now: Date, in transaction: Transaction
    ) async throws -> Reception {
        try await transaction.lockAddress(request.event)
        if let known = try await transaction.lockSession(.event(request.event)) {
            let slot = request.slot ?? known.slot
            let isFree = try await isFree(known, during: slot, in: transaction)
            let prospect = try await prospect(of: slot, for: known, isFree: isFree, now: now, in: transaction)
            let decision = SessionRules.decideRepeatedRequest(
                request, from: mentee.id, on: known, now: now, mentorIsFree: prospect.isFree,
                holding: prospect.holding)
            return .known(
                try await carryOutAtGate(decision, before: known, cause: request.invite, now: now, in: transaction))
        }
        guard try await transaction.pendingRequests(by: mentee.id) < Self.mostPending else {
            return .dropped(.tooMany)
        }
        let withdrawal =
            try await transaction.isTombstone(request.event)
            ? Withdrawal(event: request.event, by: mentee.uri, at: now) : nil
        let claim = try await claim(of: request, to: mentor, in: transaction)
        let terms =
            claim == nil
            ? try await terms(of: mentor, askedBy: mentee, now: now, in: transaction)
            : MentorTerms(mentor: mentor.id, acquaintance: .known)
        let verdict = request.judged(
            from: mentee.id, to: terms, id: UUID(), withdrawal: withdrawal,
            holding: try await transaction.holding(of: mentor.id) ?? .never,
            asks: claim == nil ? try await asks(for: request, by: mentee.id, in: transaction) : nil, now: now)
        switch verdict {
        case .refused(let refusal): return .dropped(refusal)
        case .welcome(let session, let event):
            if let claim { return try await settle(claim, request, session, event, now: now, in: transaction) }
            try await transaction.lockCalendar(of: mentor.id)
            let isLater = request.series.map { $0.position > 1 } ?? false
            if let reason = try await reasonAgainst(session, reachesEveryDay: isLater, now: now, in: transaction) {
                return try await turnAway(session, event, reason, of: request.series, now: now, in: transaction)
            }
            guard try await transaction.insert(session) else { return .dropped(.foreignEvent) }
            try await join(session, to: request.series, now: now, in: transaction)
            try await keepTime(of: session, now: now, in: transaction)
            try await transaction.insert(request.answers.completed(by: terms.questions), of: session.id)
            try await hearing(request.act, of: session, in: transaction)
                .follow(session, event, replies: [], cause: request.invite, in: transaction)
        case .unwelcome(let session, let event, let reason):
            return try await turnAway(session, event, reason, of: request.series, now: now, in: transaction)
        }
        return .taken
    }

    /// Applies a command by one of the parties. nil when there is no such session, or the actor is no party of it:
    /// strangers learn nothing from the difference.
    ///
    /// - Throws: `TimeNotFree` for a move as ``request(_:by:of:now:in:)`` does, unless the mentor has proposed that time.
    @discardableResult
    package func perform(
        _ command: Command, on reference: SessionReference, by actor: ActorID, now: Date, in transaction: Transaction
    ) async throws -> Decision? {
        guard let session = try await transaction.lockSession(reference), let role = session.role(of: actor) else {
            return nil
        }
        return try await hearing(command.act, of: session, in: transaction)
            .decide(command, on: session, as: role, now: now, in: transaction)
    }

    /// Cancels everything that somebody still has before them, because they leave for good.
    package func cancelAll(of actor: ActorID, now: Date, in transaction: Transaction) async throws {
        for session in try await transaction.openSessions(of: actor) {
            try await perform(
                Command(.cancel(Reason(.withdrawn))), on: .id(session), by: actor, now: now, in: transaction)
        }
    }

    /// Does what is due by now on a session.
    ///
    /// - Returns: when the clock has to look again, where nothing was due.
    package func runTimer(of session: UUID, at now: Date, in transaction: Transaction) async throws -> Date? {
        let series = try await transaction.lockSeries(of: session)
        guard let session = try await transaction.lockSession(.id(session)),
            let timer = SessionTimer.next(for: session, now: now)
        else { return nil }
        guard timer.at <= now else { return timer.at }
        switch timer.what {
        case .expire where series != nil, .remind where series != nil:
            if let series { try await run(timer.what, of: series, now: now, in: transaction) }
        case .expire: try await decide(Command(.expire), on: session, as: .clock, now: now, in: transaction)
        case .settle: try await decide(Command(.settle), on: session, as: .clock, now: now, in: transaction)
        case .remind: try await decide(Command(.remind), on: session, as: .clock, now: now, in: transaction)
        case .repeat:
            guard let (after, reply) = SessionRules.repetition(of: session, now: now) else { break }
            try await transaction.update(after)
            // Other software shows its people what comes once more as if it were new.
            let isUnderstood = try await transaction.actor(id: after.mentor)?.speaksMentoring ?? false
            let replies = after.custody == .mirror || isUnderstood ? [reply] : []
            try await follow(after, nil, replies: replies, cause: nil, in: transaction)
        }
        return nil
    }
}

extension SessionDesk {
    /// - Parameter isProposed: whether the mentor has put the time forward, whatever else the mentor's rules say.
    @discardableResult
    func decide(
        _ command: Command, on session: Session, as role: Role, isProposed: Bool = false, now: Date,
        in transaction: Transaction
    ) async throws -> Decision {
        var isFree = true
        if let slot = SessionRules.slotInQuestion(command.action, on: session) {
            isFree = try await self.isFree(session, during: slot, in: transaction)
        }
        var clash: TakenTime?
        if !isProposed, role == .mentor, case .accept = command.action {
            clash = try await self.clash(with: session, now: now, in: transaction)
            // Nobody is in two places, as mentor or as mentee.
            if let clash, clash.kind.isSession, clash.overlaps(session.slot) { isFree = false }
        }
        var holding = Holding.never
        if case .reschedule(let move) = command.action {
            (isFree, holding) = try await prospect(
                of: move.slot, for: session, isFree: isFree, now: now, in: transaction)
        }
        let activity = command.activity ?? community.addresses.activity(UUID())
        let decision = SessionRules.decide(
            SessionCommand(
                command.action, by: role, revision: command.revision, published: command.published ?? now,
                activity: activity),
            on: session, now: now, mentorIsFree: isFree, clash: clash, holding: holding, notice: policy.notice)
        if try await isOneTooMany(decision, now: now, in: transaction) {
            return .refused(.mentorFull, session, replies: [])
        }
        if case .reschedule(let move) = command.action, decision.event != nil, session.custody == .here,
            !move.slot.isSameTime(as: session.slot), !session.hasProposed(move.slot)
        {
            try await requireOffer(
                of: move.slot, type: session.kind.name, by: session.mentor, for: session.mentee, except: session.id,
                since: session.slot, now: now, in: transaction)
        }
        return try await carryOutAtGate(decision, before: session, cause: activity, now: now, in: transaction)
    }

    /// Whether the mentor has nothing else at that time; nobody else decides about it until this transaction ends.
    private func isFree(_ session: Session, during slot: Slot, in transaction: Transaction) async throws -> Bool {
        try await transaction.lockCalendar(of: session.mentor)
        return try await transaction.isFree(session.mentor, during: slot, except: session.id)
    }

    /// Makes sure that a mentor of ours offers a time to somebody; one who has set no hours offers every time that is
    /// not kept for somebody else.
    ///
    /// - Parameter before: the time that is given up for it. What was further ahead than the mentor can be asked, as the
    ///   dates of a series can be, can stay so.
    func requireOffer(
        of slot: Slot, type: String, by mentor: ActorID, for asker: ActorID, except session: UUID? = nil,
        since before: Slot? = nil, now: Date, in transaction: Transaction
    ) async throws {
        var search = try await transaction.slotSearch(
            of: mentor, type: type, minutes: slot.minutes, in: SlotSearch.timeAround(slot.start), for: asker,
            except: session, now: now)
        if search == nil,
            try await transaction.isHeld(mentor, during: slot, for: asker, except: session, now: now)
        {
            throw TimeNotFree(.taken(.hold))
        }
        let canBeFar = before.map { act != nil || search?.isBeyondReach($0.start) == true } ?? false
        search?.reachesEveryDay = canBeFar
        guard let search, let obstacle = search.obstacle(at: slot.start) else { return }
        throw TimeNotFree(obstacle, nearest: search.nearest(to: slot.start))
    }

    /// Stores a decision and has its consequences written. Gives the last decision: where the mentor's side accepts at
    /// once what it had offered, that is the acceptance.
    @discardableResult
    func carryOut(
        _ decision: Decision, before: Session, cause: URI, now: Date, in transaction: Transaction
    ) async throws -> Decision {
        let after = decision.session
        if after != before {
            do {
                try await transaction.update(after)
            } catch let error as PostgresError where error.isDoubleBooking {
                throw TimeNotFree(.taken(.session))
            }
        }
        if case .told(let answer)? = decision.event?.kind { try await transaction.insert([answer], of: after.id) }
        if after.holdsOther(than: before) { try await keepTime(of: after, now: now, in: transaction) }
        let replies = decision.replies.filter { $0 != .acceptOffered }
        if decision.event != nil || !replies.isEmpty {
            try await follow(after, decision.event, replies: decision.replies, cause: cause, in: transaction)
        }
        guard decision.replies.contains(.acceptOffered) else { return decision }
        return try await decide(
            Command(.accept(place: nil, note: nil)), on: after, as: .mentor, isProposed: true, now: now, in: transaction)
    }

    func follow(
        _ session: Session, _ event: SessionEvent?, replies: [Reply], cause: URI?, in transaction: Transaction
    ) async throws {
        var numbered: (happened: SessionEvent, number: Int64)?
        if let event { numbered = (event, try await transaction.insert(event, of: session.id)) }
        guard let mentee = try await transaction.actor(id: session.mentee),
            let mentor = try await transaction.actor(id: session.mentor)
        else { throw StoreError.nothingReturned }
        let change = SessionChange(
            session: session, event: numbered, replies: replies, cause: cause, mentee: mentee, mentor: mentor,
            act: try await act(of: event, in: transaction))
        for consequence in consequences { try await consequence.follow(change, in: transaction) }
    }
}
